import { expect } from 'chai';
import { is, List } from 'immutable';
import { MessageSequence } from 'miniagents';
import { lastValueFrom, NEVER, of, Subject, toArray } from 'rxjs';
import { outcomeOf } from '../../lib/agents/outcome.js';
import { inside } from '../laws/support.js';
import { Failure } from '../../lib/scope/failure.js';

describe('outcomeOf', () => {
  const here = inside();

  it('emits the whole, once, when it is there, early and late', async () => {
    const input = new Subject<string>();
    const sequence = MessageSequence.from(input);
    const early = lastValueFrom(outcomeOf(sequence).pipe(toArray()));
    input.next('a');
    input.complete();
    const late = lastValueFrom(outcomeOf(sequence).pipe(toArray()));
    const whole = await sequence.resolve();
    for (const outcomes of [await early, await late]) {
      expect(outcomes).to.have.length(1);
      expect(outcomes[0]?.whole).to.equal(whole);
    }
    expect(is((await lastValueFrom(outcomeOf(MessageSequence.from(null)))).whole, List())).to.equal(true);
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
