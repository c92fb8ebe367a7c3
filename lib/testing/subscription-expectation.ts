import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { subscriptionOf } from './diagram.js';
import { MarbleMismatchError } from './mismatch-error.js';

/** When somebody subscribed to a source, and when he left: what RxJS's cold and hot Observables write down. */
export interface Subscribed {
  readonly subscribedFrame: number;
  readonly unsubscribedFrame: number;
}

/** When a source is to be subscribed to and let go, told by `toBe`. */
export class SubscriptionExpectation {
  #expected: readonly string[] | undefined;

  constructor(private readonly seen: readonly Subscribed[]) {}

  /**
   * When it must be subscribed to and let go, a diagram such as `^--!` for each subscription, in order; none for a source that
   * nobody subscribes to, or one in which nothing happens, such as `---`.
   *
   * @throws InvalidArgumentError for what is no diagram of a subscription.
   */
  toBe(diagrams: string | readonly string[]): void {
    this.#expected = [diagrams].flat().flatMap((diagram) => {
      const { from, to } = subscriptionOf(diagram);
      if (from < Infinity) return drawn(from, to);
      if (to === Infinity) return [];
      throw new InvalidArgumentError('a diagram of a subscription that begins, such as "^--!"', diagram);
    });
  }

  /** @internal */
  check(): MarbleMismatchError | undefined {
    const seen = this.seen.map(({ subscribedFrame, unsubscribedFrame }) => drawn(subscribedFrame, unsubscribedFrame));
    const expected = this.#expected;
    if (expected?.join() === seen.join()) return undefined;
    const what = expected
      ? 'the subscriptions: not as expected'
      : 'nothing was expected of the subscriptions: call toBe(…)';
    const [wanted, got] = [expected ?? seen, seen].map((each) => each.join('\n            ') || '(none)');
    return new MarbleMismatchError(
      `${what}\n\n  expected  ${wanted}\n  actual    ${got}\n`,
      String(wanted),
      String(got),
    );
  }
}

function drawn(from: number, to: number): string {
  const gap = (frames: number): string => (frames > 20 ? ` ${frames}ms ` : '-'.repeat(frames));
  if (from === to) return `${gap(from)}(^!)`;
  return `${gap(from)}^${to === Infinity ? '' : `${gap(to - from - 1)}!`}`;
}
