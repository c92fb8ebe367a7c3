import type { Scope } from './scope.js';

let current: Scope | undefined;

/** Whether the current scope is still known after an `await`: not in browsers. */
export const survivesAwait = false;

/** The run, or the MiniAgents, that the code being executed belongs to. */
export function currentScope(): Scope | undefined {
  return current;
}

/** Calls `work(argument)` with another current scope. */
export function runIn<Argument, Result>(
  scope: Scope | undefined,
  work: (argument: Argument) => Result,
  argument: Argument,
): Result {
  const before = current;
  current = scope;
  try {
    return work(argument);
  } finally {
    current = before;
  }
}

/** Where something began, to be gone back to: its current scope. */
export class Context {
  readonly #scope = current;

  run<Argument, Result>(work: (argument: Argument) => Result, argument: Argument): Result {
    return runIn(this.#scope, work, argument);
  }
}
