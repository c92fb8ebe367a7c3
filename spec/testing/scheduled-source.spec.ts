import { expect } from 'chai';
import { TestScheduler } from 'rxjs/testing';
import type { RunHelpers } from 'rxjs/testing';
import { observe } from '../../lib/testing/observe.js';
import { coldSources, hotSources } from '../../lib/testing/scheduled-source.js';
import type { MakeSource } from '../../lib/testing/scheduled-source.js';
import { VirtualTime } from '../../lib/testing/virtual-time.js';

describe('sources that are scheduled', () => {
  /** What is seen of a source out of a diagram by several readers, and when it was subscribed to. */
  const seenOf = (make: (time: VirtualTime, helpers: RunHelpers) => MakeSource, diagram: string) =>
    new VirtualTime(1000).play((time, helpers) => {
      const source = make(time, helpers)(
        diagram,
        { a: 1 as unknown, b: 'b' as unknown, c: [] as unknown },
        new RangeError('boom'),
      );
      const seen = [undefined, '--^', '-^-!', '60ms ^'].map((subscription) => observe(time, source, subscription));
      return { seen, source };
    });

  for (const diagram of ['-a-(bc)|', '-a 50ms #', '-', '|', 'abc', '(ab|)'])
    it(`a cold one, ${diagram}, is as RxJS has it`, () => {
      const ours = seenOf((time) => coldSources(time), diagram);
      const theirs = seenOf((_, { cold }) => cold as MakeSource, diagram);
      expect(ours.seen).to.deep.equal(theirs.seen);
      expect(ours.source.subscriptions.map(({ subscribedFrame }) => subscribedFrame)).to.deep.equal(
        [0, 2, 1, 60].sort(byTime),
      );
    });

  for (const diagram of ['-a-(bc)|', '-a-^-b-c|', '-a-b#', '^(ab)c|'])
    it(`a hot one, ${diagram}, is as RxJS has it`, () => {
      const ours = seenOf((time) => hotSources(time), diagram);
      const theirs = seenOf((_, { hot }) => hot as MakeSource, diagram);
      expect(ours.seen).to.deep.equal(theirs.seen);
    });

  it('are let go when a subscriber leaves', () => {
    const { source } = seenOf((time) => coldSources(time), '-a 90ms b|');
    expect(source.subscriptions[1]).to.deep.equal({ subscribedFrame: 1, unsubscribedFrame: 3 });
  });

  it('does not need RxJS to be in its virtual time', () => {
    expect(TestScheduler.frameTimeFactor).to.equal(10);
  });
});

const byTime = (one: number, other: number): number => one - other;
