import { expect } from 'chai';
import { List } from 'immutable';
import { Message, MessageSequence } from 'miniagents';
import { lastValueFrom, map, NEVER, of } from 'rxjs';
import { outcomeOf } from '../../lib/agents/outcome.js';
import { inside, marbles } from '../laws/support.js';
import { Failure } from '../../lib/scope/failure.js';

describe('outcomeOf', () => {
  const here = inside();

  it('emits the whole, once, when it is there, early and late', () => {
    marbles(({ cold, expectObservable }) => {
      const sequence = MessageSequence.from(cold('-a|'));
      const whole = (of: MessageSequence) => outcomeOf(of).pipe(map((outcome) => outcome.whole));
      expectObservable(whole(sequence)).toBe('--(w|)', { w: List([new Message({ text: 'a' })]) });
      const isSettled$ = whole(sequence).pipe(map((list) => list === sequence.settled()));
      expectObservable(isSettled$, '---^').toBe('---(t|)', { t: true });
      expectObservable(whole(MessageSequence.from(null))).toBe('(e|)', { e: List() });
    });
  });

  it('emits a failure, and leaves it to be consumed', async () => {
    const boom = new RangeError('boom');
    const { whole } = await lastValueFrom(outcomeOf(MessageSequence.from(['a', boom])));
    expect(whole).to.be.instanceOf(Failure).with.property('error', boom);
    await here.end();
    expect(here.takeReported()).to.deep.equal([boom]);
  });

  it('lets go when nobody waits any more', () => {
    const sequence = MessageSequence.from([of('a'), NEVER]);
    let forgotten = 0;
    const forget = sequence.forget.bind(sequence);
    sequence.forget = (task) => {
      forgotten++;
      forget(task);
    };
    const seen: unknown[] = [];
    outcomeOf(sequence)
      .subscribe((outcome) => seen.push(outcome))
      .unsubscribe();
    expect(forgotten).to.equal(1);
    sequence.cancel();
    expect(seen).to.deep.equal([]);
  });
});
