import type { RunHelpers } from 'rxjs/testing';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { isThenable } from '../streams/subscribe-to.js';
import { MarbleHelpers } from './marble-helpers.js';
import { beginSpec } from './spec-now.js';
import { VirtualTime } from './virtual-time.js';

/** The settings of {@link marbles}. */
export interface MarblesOptions {
  /** How many frames (ms) of virtual time may pass. Default an hour of them: what goes on longer is taken for endless. */
  readonly frames?: number | undefined;
}

/**
 * Runs a spec of agents in virtual time, in any test runner: frame by frame, each of them a millisecond, with RxJS's
 * `TestScheduler` in the place of its schedulers. It takes no time, and its outcome is the same on every machine.
 *
 * It is for agents out of Observables, plain functions and generators. What `await`s something goes on in real time.
 *
 * @returns what the callback returned.
 * @throws MarbleMismatchError for an expectation that is not met, with both diagrams drawn one below the other (several as an
 * AggregateError), and for a script that was not played to its end; EndlessTimeError if time does not end; LifecycleError in another `marbles`; what the callback throws, after time has passed.
 *
 * @example
 * ```ts
 * marbles(({ agent, tokens, expectTokens }) => {
 *   const slow = agent('slow', '---s|');
 *   const boss = miniagent('boss', (ctx) => [ctx.inquire(slow), tokens('a-b|')]);
 *   expectTokens(boss.inquire()).toBe('---s(ab|)');
 * });
 * ```
 */
export function marbles<Result>(
  spec: (helpers: MarbleHelpers) => Result,
  { frames = 3_600_000 }: MarblesOptions = {},
): Result {
  if (typeof spec !== 'function') throw new InvalidArgumentError('a function that is given the helpers', spec);
  const { checks: atTheEnd, end: endSpec } = beginSpec();
  const play = (virtualTime: VirtualTime, { cold, hot }: RunHelpers): Result => {
    const flush = (check: () => void): void => (virtualTime.flush(), check());
    const helpers = new MarbleHelpers<void>(virtualTime, { cold, hot, flush, atTheEnd });
    const result = spec(helpers);
    if (typeof result === 'object' && result !== null && isThenable(result))
      throw new InvalidArgumentError('a function that is not async: in virtual time no promise settles', result);
    helpers.finish();
    return result;
  };
  try {
    return new VirtualTime(frames).play(play);
  } finally {
    endSpec();
  }
}
