import { expect } from 'chai';
import { defineMessage } from '../../lib/messages/define-message.js';
import { Message } from '../../lib/messages/message.js';
import { subMessages } from '../../lib/messages/sub-messages.js';

describe('subMessages', () => {
  const said = (text: string, ...inside: unknown[]) => new Message({ text, data: { inside } });
  const textsOf = (messages: Iterable<Message>) => [...messages].map(({ text }) => text);
  const all = (message: Message) => textsOf(subMessages(message, () => false));

  it('are none of a message that has none', () => {
    expect(all(said('top', 'text', { list: [1, null] }))).to.deep.equal([]);
  });

  it('are those inside at any depth of fields, in order, without the message itself', () => {
    const Pair = defineMessage('SubMessagesPair', { one: null, other: null });
    const pair = new Pair({ one: said('a'), other: [{ deep: said('b') }], data: { c: said('c') } });
    expect(all(pair)).to.have.members(['a', 'b', 'c']);
    expect(all(said('top', said('a'), [[{ x: said('b') }]], said('c')))).to.deep.equal(['a', 'b', 'c']);
  });

  it('come before those that refer to them', () => {
    const top = said('top', said('a', said('a1'), said('a2', said('a21'))), said('b', said('b1')));
    expect(all(top)).to.deep.equal(['a1', 'a21', 'a2', 'a', 'b1', 'b']);
  });

  it('come once each, however often they are referred to', () => {
    const shared = said('shared', said('inner'));
    expect(all(said('top', shared, said('a', shared), shared))).to.deep.equal(['inner', 'shared', 'a']);
    let message = said('innermost');
    for (let i = 0; i < 60; i++) message = said(String(i), message, message);
    expect(all(message)).to.have.lengthOf(60);
  });

  it('leave out those that are known already, and all that is inside them', () => {
    const known = said('known', said('inside'));
    const sub = subMessages(said('top', said('a'), known, said('b', known)), (inner) => inner === known);
    expect(textsOf(sub)).to.deep.equal(['a', 'b']);
  });

  it('come one by one, as they are asked for', () => {
    const asked: string[] = [];
    const sub = subMessages(said('top', said('a'), said('b')), ({ text }) => (asked.push(text), false));
    expect(sub.next().value?.text).to.equal('a');
    expect(asked).to.deep.equal(['a']);
  });

  it('no depth of nesting overflows the stack', () => {
    let message = said('0');
    for (let i = 1; i <= 10_000; i++) message = said(String(i), message);
    expect(all(message)).to.deep.equal(Array.from({ length: 10_000 }, (_, i) => String(i)));
  });
});
