import { asapScheduler } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

/** Virtual time: frames that pass only while {@link inVirtualTime} runs. */
export interface Clock {
  /** The current frame. */
  now(): number;
  /** Runs something some frames from now; returns how to call it off. */
  later(frames: number, work: () => void): () => void;
}

/**
 * Runs everything that `work` sets off, frame by frame, with `asapScheduler` in the same virtual time.
 *
 * RxJS leaves `asapScheduler` dead for the whole process if something throws in there, so it is put right then: a case that
 * fails must not make all later ones fail.
 */
export function inVirtualTime<Result>(work: (clock: Clock) => Result): Result {
  const scheduler = new TestScheduler(() => {});
  const clock: Clock = {
    now: () => scheduler.frame,
    later: (frames, task) => {
      const action = scheduler.schedule(task, frames);
      return () => action.unsubscribe();
    },
  };
  try {
    return scheduler.run(() => work(clock));
  } catch (error) {
    const asap = asapScheduler as unknown as { actions: unknown[]; _scheduled: unknown; _active: boolean };
    Object.assign(asap, { actions: [], _scheduled: undefined, _active: false });
    throw error;
  }
}
