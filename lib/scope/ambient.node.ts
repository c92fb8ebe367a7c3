import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import type { Scope } from './scope.js';

const storage = new AsyncLocalStorage<Scope | undefined>();

/** Whether the current scope is still known after an `await`: it is in Node. */
export const survivesAwait = true;

/** The run, or the MiniAgents, that the code being executed belongs to. */
export function currentScope(): Scope | undefined {
  return storage.getStore();
}

/** Calls `work(argument)` with another current scope, which what it awaits or schedules will have too. */
export function runIn<Argument, Result>(
  scope: Scope | undefined,
  work: (argument: Argument) => Result,
  argument: Argument,
): Result {
  return storage.run(scope, work, argument);
}

/**
 * Where something began, to be gone back to: its current scope, and what else is carried along in Node, such as the id of the
 * request in the caller's own `AsyncLocalStorage`. To go back is cheaper than another `run` of a storage.
 */
export class Context extends AsyncResource {
  constructor() {
    super('MINIAGENTS');
  }

  run<Argument, Result>(work: (argument: Argument) => Result, argument: Argument): Result {
    return this.runInAsyncScope(work, undefined, argument);
  }
}
