import type { Task } from '../scope/call.js';
import type { Failure } from '../scope/failure.js';
import { ENDED, WAITING } from './reader.js';
import type { Reader } from './reader.js';

/** What can be waited for as a whole. */
export interface Settling<Whole> {
  /** The whole, or why there is none, or undefined as long as that is open. */
  settled(): Whole | Failure | undefined;
  /** Runs a task when it may be settled; those who read the whole before those who wait for it. */
  whenSettled(task: Task, readsWhole: boolean): void;
  forget(task: Task): void;
}

/** Reads a whole: one piece. */
export function readWhole<Whole>(promise: Settling<Whole>, task: Task): Reader<Whole> {
  let ended = false;
  const read = () => {
    const settled = ended ? ENDED : promise.settled();
    ended = settled !== undefined;
    if (settled !== undefined) return settled;
    promise.whenSettled(task, true);
    return WAITING;
  };
  return { read, close: () => promise.forget(task) };
}
