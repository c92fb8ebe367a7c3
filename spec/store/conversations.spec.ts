import { expect } from 'chai';
import { Conversations } from '../../lib/store/conversations.js';

describe('Conversations', () => {
  const filled = () => {
    const conversations = new Conversations();
    for (const key of ['a', 'b', 'a', 'c', 'b']) conversations.add('chat', key);
    conversations.add('__proto__', 'a');
    return conversations;
  };

  it('have each key once, in the order in which they came', () => {
    expect(filled().page('chat', undefined, 9)).to.deep.equal(['a', 'b', 'c']);
    expect(filled().page('__proto__', undefined, 9)).to.deep.equal(['a']);
    expect(filled().page('other', undefined, 9)).to.deep.equal([]);
  });

  it('tell which key came last', () => {
    expect(filled().last('chat')).to.equal('c');
    expect(filled().last('other')).to.equal(undefined);
  });

  it('give a page from the one after a key on', () => {
    expect(filled().page('chat', undefined, 2)).to.deep.equal(['a', 'b']);
    expect(filled().page('chat', 'a', 1)).to.deep.equal(['b']);
    expect(filled().page('chat', 'b', 9)).to.deep.equal(['c']);
    expect(filled().page('chat', 'c', 9)).to.deep.equal([]);
  });

  it('give nothing after a key that is not there', () => {
    for (const [conversation, after] of [
      ['chat', 'x'],
      ['__proto__', 'b'],
      ['other', 'a'],
    ] as const)
      expect(filled().page(conversation, after, 9)).to.equal(undefined);
  });

  it('know what is in them', () => {
    expect(filled().has('chat', 'c')).to.equal(true);
    expect(filled().has('__proto__', 'c')).to.equal(false);
    expect(filled().has('other', 'c')).to.equal(false);
  });
});
