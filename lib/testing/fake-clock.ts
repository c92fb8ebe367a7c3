import { LifecycleError } from '../errors/lifecycle-error.js';
import type { FakeClock, Turn } from './async-time.js';

/** Timers are global: there is one clock at a time. */
let installed = false;

/** A clock in the place of the platform's timers and of its time. */
export interface InstalledClock {
  readonly clock: FakeClock;
  readonly turn: Turn;
  readonly uninstall: () => void;
}

/**
 * Puts a clock of `@sinonjs/fake-timers` in the place of `setTimeout`, `setInterval`, `setImmediate`, `Date`, `performance` and
 * `AbortSignal.timeout`. Promises and microtasks stay what they are.
 *
 * @throws LifecycleError if one is installed; Error if `@sinonjs/fake-timers` is not there.
 */
export async function installClock(): Promise<InstalledClock> {
  const { install } = await import('@sinonjs/fake-timers');
  if (installed) throw new LifecycleError('another asyncMarbles is under way: await it first');
  installed = true;
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const turn = realTurn();
  const clock = install({
    now: 0,
    toFake: [
      'setTimeout',
      'clearTimeout',
      'setInterval',
      'clearInterval',
      'setImmediate',
      'clearImmediate',
      'Date',
      'performance',
    ],
  });
  AbortSignal.timeout = timeoutSignal;
  return {
    clock: clock as unknown as FakeClock,
    turn,
    uninstall: () => {
      clock.uninstall();
      AbortSignal.timeout = timeout;
      installed = false;
    },
  };
}

/** A turn of real time: a macrotask, before which all microtasks are done. */
function realTurn(): Turn {
  const { setImmediate, setTimeout } = globalThis;
  return () =>
    new Promise((resolve) => void (typeof setImmediate === 'function' ? setImmediate(resolve) : setTimeout(resolve)));
}

function timeoutSignal(ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), ms);
  return controller.signal;
}
