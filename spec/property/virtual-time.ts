import { marbles } from 'miniagents/testing';
import { asyncScheduler } from 'rxjs';

/** Virtual time: frames that pass only while {@link inVirtualTime} runs. */
export interface Clock {
  /** The current frame. */
  now(): number;
  /** Runs something some frames from now; returns how to call it off. */
  later(frames: number, work: () => void): () => void;
}

const clock: Clock = {
  now: () => asyncScheduler.now(),
  later: (frames, work) => {
    const action = asyncScheduler.schedule(work, frames);
    return () => action.unsubscribe();
  },
};

/** Runs everything that `work` sets off, frame by frame. */
export const inVirtualTime = <Result>(work: (clock: Clock) => Result): Result => marbles(() => work(clock));
