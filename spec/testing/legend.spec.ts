import { expect } from 'chai';
import { Message } from '../../lib/messages/message.js';
import { MessagePromise } from '../../lib/streams/message-promise.js';
import { failureOf, growing } from '../streams/support.js';
import { inWords, Legend } from '../../lib/testing/legend.js';

describe('Legend', () => {
  it('has a value stand for the letter that was given to it, or its equal', () => {
    const legend = new Legend([{ letter: 'x', value: new Message({ text: 'Hello' }) }]);
    expect(legend.letterOf(new Message({ text: 'Hello' }))).to.equal('x');
  });

  it('has a letter stand for itself where it is free, and finds another one where it is not', () => {
    const legend = new Legend([{ letter: 'a', value: 'Hello' }]);
    expect(legend.letterOf('b')).to.equal('b');
    expect(legend.letterOf('a')).to.equal('c');
    expect(legend.letterOf('long')).to.equal('d');
    expect(legend.letterOf('long')).to.equal('d');
  });

  it('runs out of letters without losing anything', () => {
    const legend = new Legend([]);
    const letters = Array.from({ length: 60 }, (_, index) => legend.letterOf(index));
    expect(new Set(letters.slice(0, 52)).size).to.equal(52);
    expect(letters.at(-1)).to.equal('?');
  });

  it('explains the letters of a drawing that stand for something else', () => {
    const legend = new Legend([
      { letter: 'a', value: 'Hello' },
      { letter: 'b', value: 'b' },
      { letter: 'c', value: 7 },
    ]);
    expect(legend.linesFor('-a-b-|')).to.deep.equal(['a = "Hello"']);
  });

  it('puts a message that is still to come into words, as far as it has come', () => {
    const [growingOne, failed] = [growing({ role: 'assistant' }), growing()];
    failed.log.end(failureOf(new RangeError('boom')));
    expect([growingOne.message, MessagePromise.of('a'), failed.message].map(inWords)).to.deep.equal([
      'the promise of Message { "text": "", "role": "assistant" }',
      'the promise of Message { "text": "a" }',
      'the promise of RangeError: boom',
    ]);
  });

  it('puts any value into words', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(
      [new Message({ text: 'a' }), new RangeError('boom'), 'a', { b: 1 }, 7, undefined, cycle].map(inWords),
    ).to.deep.equal([
      'Message { "text": "a" }',
      'RangeError: boom',
      '"a"',
      '{"b":1}',
      '7',
      'undefined',
      '[object Object]',
    ]);
  });
});
