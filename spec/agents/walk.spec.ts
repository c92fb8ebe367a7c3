import { expect } from 'chai';
import { MessageSequence } from 'miniagents';
import { Subject } from 'rxjs';
import { AWAIT, CLEAR } from '../../lib/agents/steps.js';
import { EndOfWalk, walk } from '../../lib/agents/walk.js';
import type { Ask, Way } from '../../lib/agents/walk.js';
import { inside } from '../laws/support.js';

describe('walk', () => {
  inside();
  const start = MessageSequence.from('start');

  /** Walks with agents that reply when they are told to, and notes what they were asked. */
  function walking(steps: (string | typeof AWAIT | typeof CLEAR)[], way: Partial<Way> = {}) {
    const asked: [string, MessageSequence | undefined][] = [];
    const replies: Record<string, MessageSequence> = {};
    const inputs: Record<string, Subject<string>> = {};
    const ask =
      (name: string): Ask =>
      (messages) => {
        asked.push([name, messages]);
        return (replies[name] = MessageSequence.from((inputs[name] = new Subject())));
      };
    const taken = steps.map((step) => (typeof step === 'string' ? ask(step) : step));
    const ends: unknown[] = [];
    const subscription = walk({
      steps: taken,
      messages: start,
      endless: false,
      judge: () => undefined,
      ...way,
    }).subscribe((end) => ends.push(end));
    return { asked, replies, inputs, ends, subscription };
  }

  it('asks one after the other at once, and ends with what the last one replies', () => {
    const { asked, replies, ends, subscription } = walking(['a', 'b']);
    expect(asked).to.deep.equal([
      ['a', start],
      ['b', replies['a']],
    ]);
    expect(ends).to.deep.equal([replies['b']]);
    expect(subscription.closed).to.equal(true);
  });

  it('waits at AWAIT, and goes on in the turn in which all is whole', () => {
    const { asked, inputs, replies, ends } = walking(['a', AWAIT, CLEAR, 'b']);
    inputs['a']?.next('x');
    expect(asked).to.have.length(1);
    inputs['a']?.complete();
    expect(asked.at(-1)).to.deep.equal(['b', undefined]);
    expect(ends).to.deep.equal([replies['b']]);
  });

  it('begins anew without end, and forgets the waiting when it is left', () => {
    const { asked, inputs, replies, ends, subscription } = walking(['a', AWAIT], { endless: true });
    for (let round = 0; round < 5; round++) inputs['a']?.complete();
    expect(asked).to.have.length(6);
    expect(ends).to.deep.equal([]);
    subscription.unsubscribe();
    inputs['a']?.complete();
    expect(asked).to.have.length(6);
    replies['a']?.cancel();
  });

  it('ends when it is judged so', () => {
    const { asked, inputs, ends } = walking(['a', AWAIT, 'b'], { judge: () => new EndOfWalk('end') });
    inputs['a']?.complete();
    expect(ends).to.deep.equal(['end']);
    expect(asked).to.have.length(1);
  });

  it('with nothing to wait for, does not wait', () => {
    const { asked } = walking([AWAIT, 'a'], { messages: undefined });
    expect(asked).to.deep.equal([['a', undefined]]);
  });
});
