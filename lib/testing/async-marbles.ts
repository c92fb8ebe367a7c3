import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { AsapLimit } from './asap-limit.js';
import { AsyncTime } from './async-time.js';
import { installClock } from './fake-clock.js';
import { MarbleHelpers } from './marble-helpers.js';
import type { MarblesOptions } from './marbles.js';
import { RealResources } from './real-resources.js';
import { beginSpec } from './spec-now.js';
import { coldSources, hotSources } from './scheduled-source.js';

/**
 * Runs a spec of agents in virtual time, as {@link marbles} does, with `async` functions, async generators and timers of
 * every kind in it: `setTimeout`, `setInterval`, `Date`, `performance.now`, `AbortSignal.timeout`, and RxJS's. Between two frames
 * all promises settle that can. One such spec runs at a time, since timers are global; real input and output in it are an error.
 *
 * It needs `@sinonjs/fake-timers`.
 *
 * @returns what the callback resolves with, when all time has passed and what is expected was checked.
 * @throws what {@link marbles} throws; EndlessTimeError, too, if the callback waits for what will not come;
 * RealInputOutputError (in Node) if something in it begins real input or output; LifecycleError if another one runs, or a test
 * runner's fake timers are in place.
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
  const asap = new AsapLimit();
  const real = new RealResources();
  const time = new AsyncTime(clock, turn, frames, [asap, real]);
  const flush = (check: () => void) => time.idle().then(check);
  const { checks: atTheEnd, end: endSpec } = beginSpec();
  const sources = { cold: coldSources(time), hot: hotSources(time) };
  const helpers = new MarbleHelpers<Promise<void>>(time, { ...sources, flush, atTheEnd });
  asap.start();
  try {
    return await real.watch(async () => {
      const done = (async () => {
        const result = await spec(helpers);
        await helpers.finish();
        return result;
      })();
      await time.passUntil(done);
      return done;
    });
  } finally {
    endSpec();
    asap.stop();
    real.stop();
    uninstall();
  }
}
