import { expect } from 'chai';
import { List } from 'immutable';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { Message } from '../../lib/messages/message.js';
import { askedInWords, checkAsked, isAsked, questionInWords } from '../../lib/testing/asked.js';
import type { Asked } from '../../lib/testing/asked.js';

describe('what is asked', () => {
  const user = new Message({ text: 'Why?', role: 'user' });
  const question = List([new Message({ text: 'before' }), user]);
  const sticky = /hy/g;

  for (const [asked, fits] of [
    ['Why?', true],
    ['Wh', false],
    [sticky, true],
    [/^before/, false],
    [user, true],
    [user.set('role', 'system'), false],
    [{ text: 'Why?', role: 'user' }, true],
    [{ text: 'Why?' }, false],
    [['before', user], true],
    [[user], false],
    [[], false],
    [(messages: List<Message>) => messages.size === 2, true],
    [(_: unknown, { mark }: { mark?: unknown }) => mark === '?', false],
  ] as [Asked, boolean][])
    it(`${askedInWords(asked)}: ${fits}`, () => {
      checkAsked(asked);
      expect(isAsked(asked, question, { mark: '!' })).to.equal(fits);
      expect(isAsked(asked, question, { mark: '!' })).to.equal(fits);
    });

  it('nothing is asked where no message is expected', () => {
    expect(isAsked([], List(), {})).to.equal(true);
    expect(isAsked(/.*/, List(), {})).to.equal(false);
  });

  it('is said in words', () => {
    expect([['a', /b/], function rule() {}, user].map((asked) => askedInWords(asked as Asked))).to.deep.equal([
      '["a", /b/]',
      'rule',
      user.inspect(),
    ]);
    expect(questionInWords(question)).to.equal(`"before", ${user.inspect()}`);
    expect(questionInWords(List())).to.equal('nothing');
  });

  it('refuses what is none', () => {
    for (const wrong of [7, new Map(), { words: 'a' }, [7]])
      expect(() => checkAsked(wrong as never)).to.throw(TypeError);
    expect(() => checkAsked(7 as never)).to.throw(InvalidArgumentError, 'a text, a RegExp, a message or a function');
  });
});
