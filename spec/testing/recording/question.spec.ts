import { expect } from 'chai';
import { Message } from 'miniagents';
import { MessageSequence } from '../../../lib/streams/message-sequence.js';
import { Heard } from '../../../lib/testing/recording/heard.js';
import { firstDifference, furtherParams, keyOf, linesOf, questionOf } from '../../../lib/testing/recording/question.js';
import { Redaction } from '../../../lib/testing/recording/redaction.js';
import { conversation, runOf, said } from './support.js';

describe('a question', () => {
  const run = runOf(conversation('1', 'q'));
  const asked = (...texts: string[]) => ({
    params: {},
    asked: texts.map((text) => ({ value: said(text) })),
    askedAll: true,
  });

  it('is what was heard, without secrets', () => {
    const heard = new Heard(
      MessageSequence.from([
        'my sk-abcdefgh',
        new RangeError('boom'),
        Message.stream(new Promise<string>(() => {}) as never),
      ]),
      () => {},
    );
    heard.read();
    const question = questionOf({ apiKey: 'a', call: () => {} }, heard, new Redaction());
    expect(question.params).to.deep.equal({ apiKey: '[redacted]', call: 'call (function)' });
    expect(question.asked).to.deep.equal([
      { value: said('my [redacted]') },
      { error: { name: 'RangeError', message: 'boom' } },
      undefined,
    ]);
  });

  it('differs where a message is another one, one too many or missing', () => {
    expect(firstDifference(asked('q'), run)).to.equal(-1);
    expect(firstDifference(asked('p'), run)).to.equal(0);
    expect(firstDifference(asked('q', 'r'), run)).to.equal(1);
    expect(firstDifference(asked(), run)).to.equal(0);
    expect(firstDifference({ ...asked(), askedAll: false }, run)).to.equal(-1);
    expect(firstDifference({ ...asked(), asked: [undefined] }, run)).to.equal(-1);
  });

  it('may leave out parameters, and not have others', () => {
    const withParams = { ...run, params: { a: { x: 1, y: 2 }, b: 2 } };
    expect(furtherParams({ ...asked(), params: { a: { y: 2, x: 1 } } }, withParams)).to.equal(1);
    expect(furtherParams({ ...asked(), params: { a: 1 } }, withParams)).to.equal(undefined);
    expect(furtherParams({ ...asked(), params: { c: 1 } }, withParams)).to.equal(undefined);
  });

  it('has a key that equal ones share, and lines for people', () => {
    expect(keyOf(run)).to.equal(keyOf(runOf(conversation('3', 'q', 'other'))));
    expect(keyOf(run)).not.to.equal(keyOf(runOf(conversation('1', 'p'))));
    expect(linesOf({ value: said('a\nb', { role: 'user' }) })).to.deep.equal(['a', 'b', 'role: "user"']);
  });
});
