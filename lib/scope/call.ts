/** A piece of work that can wait its turn. */
export interface Task {
  run(): void;
}

/** Calls within calls, from one message to the next and from one agent to its caller, before the rest has to queue. */
const DEEPEST = 50;

let depth = 0;
let next = 0;
let queue: Task[] = [];

/**
 * Runs a task at once, or, this deep inside other tasks already, as soon as the outermost of them is done: before the call
 * that set it all off returns either way, and in the order asked for. So no chain of agents overflows the stack, and
 * nothing is put off to another turn of the event loop.
 */
export function call(task: Task): void {
  if (depth === DEEPEST) {
    queue.push(task);
    return;
  }
  depth++;
  try {
    task.run();
  } finally {
    try {
      if (depth === 1 && queue.length > 0) drain();
    } finally {
      depth--;
    }
  }
}

/** Runs a task when all is done that is being done now, before the call that set it all off returns. */
export function callLast(task: Task): void {
  if (depth > 0) queue.push(task);
  else call(task);
}

function drain(): void {
  try {
    while (next < queue.length) (queue[next++] as Task).run();
  } finally {
    if (next < queue.length) drain();
    else {
      queue = [];
      next = 0;
    }
  }
}
