import { brandErrors, MiniAgentsError } from '../errors/mini-agents-error.js';

/**
 * Why a store could not do what it was asked:
 *
 * - `unavailable`: it cannot be reached, read or written now (`cause` says why): a database is down, a disk full, a folder
 *   read-only, a package not installed. The same call may go well later.
 * - `in use`: another process has it, and it is not to be shared.
 * - `newer`: a later version of this library wrote it.
 * - `corrupt`: what is in it is not what was written.
 * - `closed`: it was closed.
 */
export type StoreProblem = 'unavailable' | 'in use' | 'newer' | 'corrupt' | 'closed';

/**
 * A store could not do what it was asked; nothing that it had kept is lost by that. What is `corrupt` was lost before.
 *
 * @example
 * ```ts
 * await store.append([message]).catch((error) => {
 *   if (error instanceof StoreError && error.problem === 'unavailable') console.error(error.message);
 * });
 * ```
 */
export class StoreError extends MiniAgentsError {
  declare readonly name: 'StoreError';

  constructor(
    readonly problem: StoreProblem,
    /** Which store it is, with its place: `JSONL store /var/chat.jsonl`. */
    readonly store: string,
    what: string,
    cause?: unknown,
  ) {
    super(`${store}: ${what}`, cause === undefined ? {} : { cause });
  }

  static {
    brandErrors(this, 'StoreError');
  }
}
