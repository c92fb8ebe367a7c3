import { asapScheduler } from 'rxjs';
import { call } from './call.js';
import type { Task } from './call.js';

/** So many tasks share a turn. */
const TOGETHER = 8;

/** What is run in one turn, and what in the next. */
interface Batch {
  readonly tasks: Task[];
  next?: Batch;
}

/** The one that is being filled, if it has not begun. */
let last: Batch | undefined;

/**
 * Runs a task soon: never inside the call, after those that came before it, and a few in each turn of `asapScheduler`. So what
 * the first of ten thousand agents have to say is heard before the last of them begins.
 */
export function callSoon(task: Task): void {
  if (last && last.tasks.length < TOGETHER) {
    last.tasks.push(task);
    return;
  }
  const batch = { tasks: [task] };
  if (last) last.next = batch;
  else schedule(batch);
  last = batch;
}

/** Has what waits now wait until it is put back, which drops what came in between. @internal */
export function setCallsAside(): () => void {
  const before = last;
  last = undefined;
  return () => void (last = before);
}

function schedule(batch: Batch): void {
  asapScheduler.schedule(() => run(batch));
}

function run(batch: Batch): void {
  if (last === batch) last = undefined;
  const { tasks } = batch;
  try {
    for (let task = tasks.shift(); task; task = tasks.shift()) call(task);
  } finally {
    const next = tasks.length > 0 ? batch : batch.next;
    if (next) schedule(next);
  }
}
