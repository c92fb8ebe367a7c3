import { expect } from 'chai';
import { List } from 'immutable';
import { Message, MessageSequence } from 'miniagents';
import { EndOfLoop, LoopInterruptedError } from 'miniagents/agents';
import { expectUntil, judgeLoop } from '../../lib/agents/loop-judge.js';
import { failureOf } from '../streams/support.js';

describe('judgeLoop', () => {
  const awaited = MessageSequence.from(['a', 'b']);
  const whole = List([new Message({ text: 'a' })]);
  const end = { until: () => false, interruptible: false };

  it('goes on', () => {
    expect(judgeLoop(end, awaited, { whole })).to.equal(undefined);
  });

  it('ends with the very messages that were awaited', () => {
    expect(judgeLoop({ ...end, until: () => true }, awaited, { whole })?.replies).to.equal(awaited);
    expect(judgeLoop(end, awaited, { whole: failureOf(new RangeError()) })?.replies).to.equal(awaited);
    expect(judgeLoop(end, awaited, { whole: failureOf(new LoopInterruptedError()) })?.replies).to.equal(awaited);
  });

  it('ends with nothing at an interruption, if that is what is wanted', () => {
    const quietly = { ...end, interruptible: true };
    expect(judgeLoop(quietly, awaited, { whole: failureOf(new LoopInterruptedError()) })?.replies).to.equal(null);
    expect(judgeLoop(quietly, awaited, { whole: failureOf(new RangeError()) })?.replies).to.equal(awaited);
  });

  it('ends at a sign without asking further', () => {
    const until = () => expect.fail('asked');
    expect(judgeLoop({ ...end, until }, awaited, { whole: whole.push(new EndOfLoop()) })).to.not.equal(undefined);
  });

  it('by default, silence is the end', () => {
    expect(expectUntil()(List())).to.equal(true);
    expect(expectUntil()(whole)).to.equal(false);
    expect(() => expectUntil(42)).to.throw('expected a function as until; got 42 (number)');
  });
});
