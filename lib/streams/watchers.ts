import { call } from '../scope/call.js';
import type { Task } from '../scope/call.js';

/** What is to be run when something has come to its end, and whether that reads the whole of it or only waits. */
export type Watchers = Map<Task, boolean>;

/** Runs those that read the whole first, then those that wait for their own end. */
export function callWatchers(watchers: Watchers): void {
  const all = [...watchers];
  for (const first of [true, false]) for (const [task, readsWhole] of all) if (readsWhole === first) call(task);
}
