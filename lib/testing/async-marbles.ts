import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { AsyncTime } from './async-time.js';
import { installClock } from './fake-clock.js';
import { MarbleHelpers } from './marble-helpers.js';
import type { MarblesOptions } from './marbles.js';
import { coldSources, hotSources } from './scheduled-source.js';

/**
 * Runs a spec of agents in virtual time, as {@link marbles} does, with `async` functions, async generators and timers of
 * every kind in it: `setTimeout`, `setInterval`, `Date`, `performance.now`, `AbortSignal.timeout`, and RxJS's. Between two frames
 * all promises settle that can. One such spec runs at a time, since timers are global; real input and output do not go on in it.
 *
 * It needs `@sinonjs/fake-timers`.
 *
 * @returns what the callback resolves with, when all time has passed and what is expected was checked.
 * @throws what {@link marbles} throws; EndlessTimeError, too, if the callback waits for what will not come; LifecycleError if
 * another one runs.
 *
 * @example
 * ```ts
 * await asyncMarbles(async ({ expectTokens }) => {
 *   const patient = miniagent('patient', async () => {
 *     await new Promise((resolve) => setTimeout(resolve, 100));
 *     return 'a';
 *   });
 *   expectTokens(patient.inquire()).toBe('100ms (a|)');
 * });
 * ```
 */
export async function asyncMarbles<Result>(
  spec: (helpers: MarbleHelpers<Promise<void>>) => Result | PromiseLike<Result>,
  { frames = 3_600_000 }: MarblesOptions = {},
): Promise<Result> {
  if (typeof spec !== 'function') throw new InvalidArgumentError('a function that is given the helpers', spec);
  const { clock, turn, uninstall } = await installClock();
  const time = new AsyncTime(clock, turn, frames);
  const flush = (check: () => void) => time.idle().then(check);
  const helpers = new MarbleHelpers<Promise<void>>(time, { cold: coldSources(time), hot: hotSources(time), flush });
  try {
    const done = (async () => {
      const result = await spec(helpers);
      await helpers.flush();
      return result;
    })();
    await time.passUntil(done);
    return await done;
  } finally {
    time.stop();
    uninstall();
  }
}
