import type * as FakeTimers from '@sinonjs/fake-timers';
import { LifecycleError } from '../errors/lifecycle-error.js';
import { MiniAgentsError } from '../errors/mini-agents-error.js';
import { importPackage } from '../packages/import-package.js';
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
 * @throws LifecycleError if one is installed, ours or a test runner's; MiniAgentsError if `@sinonjs/fake-timers` is not there.
 */
export async function installClock(): Promise<InstalledClock> {
  const { install } = await fakeTimers();
  if (installed) throw new LifecycleError('another asyncMarbles is under way: await it first');
  if (isFaked())
    throw new LifecycleError(
      'fake timers are in the place of the real ones, and asyncMarbles brings its own: ' +
        'give the real ones back first, as with jest.useRealTimers() or vi.useRealTimers()',
    );
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
      'requestAnimationFrame',
      'cancelAnimationFrame',
      'requestIdleCallback',
      'cancelIdleCallback',
    ],
    ignoreMissingTimers: true,
    // What began before may be called off meanwhile.
    shouldClearNativeTimers: true,
  });
  keepContext();
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

/** Has timers call back in the asynchronous context in which they were set, as Node's own do: an agent's timers are its own. */
function keepContext(): void {
  const resource = globalThis.process?.getBuiltinModule?.('node:async_hooks').AsyncResource;
  if (!resource) return;
  for (const name of ['setTimeout', 'setInterval', 'setImmediate'] as const) {
    const fake = globalThis[name] as (work: () => void, ...rest: unknown[]) => unknown;
    const bound = (work: () => void, ...rest: unknown[]) =>
      fake(typeof work === 'function' ? resource.bind(work) : work, ...rest);
    Object.assign(globalThis, { [name]: Object.defineProperties(bound, Object.getOwnPropertyDescriptors(fake)) });
  }
}

async function fakeTimers(): Promise<typeof FakeTimers> {
  try {
    return await importPackage('@sinonjs/fake-timers', () => import('@sinonjs/fake-timers'));
  } catch (cause) {
    const how = 'npm install --save-dev @sinonjs/fake-timers';
    throw new MiniAgentsError(`asyncMarbles needs a package that is not there: ${how}`, { cause });
  }
}

/** Whether somebody else, such as a test runner, has put a clock in the place of the platform's. */
function isFaked(): boolean {
  const { setTimeout, Date } = globalThis as { setTimeout: object; Date: { isFake?: boolean } };
  return Date.isFake === true || 'clock' in setTimeout || '_isMockFunction' in setTimeout;
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
