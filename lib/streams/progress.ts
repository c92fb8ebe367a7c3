import type { Task } from '../scope/call.js';
import { isFailure } from '../scope/failure.js';
import type { Failure } from '../scope/failure.js';
import type { Log } from './log.js';
import type { MessagePromise } from './message-promise.js';
import type { Entry } from './message-type.js';
import { ENDED, LogReader, WAITING } from './reader.js';
import { callWatchers } from './watchers.js';
import type { Watchers } from './watchers.js';

/**
 * How far a sequence is whole: it passes one message after the other, each when it has ended, and so finds the first
 * failure in order. It waits for the end of one message at a time and costs nothing per token.
 */
export class Progress implements Task {
  /** How many entries have been passed. */
  passed = 0;
  /** Whether there is nothing left to wait for. */
  done = false;
  /** The first failure in order: of a message, or in its place; or the cancellation that came before all was whole. */
  failure: Failure | undefined;
  readonly #entries;
  #watchers: Watchers | undefined;
  #message: MessagePromise | undefined;
  #busy = false;

  constructor(private readonly log: Log<Entry>) {
    this.#entries = new LogReader(log, this);
    log.wait(this);
  }

  /** Runs a task whenever there is progress, until it is forgotten; those that read the whole first. */
  watch(task: Task, readsWhole: boolean): void {
    (this.#watchers ??= new Map()).set(task, readsWhole);
  }

  forget(task: Task): void {
    this.#watchers?.delete(task);
  }

  run(): void {
    if (this.#busy || this.done) return;
    this.#busy = true;
    const before = this.passed;
    while (this.#pass());
    if (this.log.cut && !this.done) this.#finish(this.log.cut);
    this.#busy = false;
    // Nobody waits for less than the end, or for a failure and what is before it.
    if (this.#watchers && (this.done || (this.failure && this.passed > before))) callWatchers(this.#watchers);
  }

  /** Passes an entry, if it has ended. */
  #pass(): boolean {
    if (this.done) return false;
    const entry = this.#message ?? this.#entries.read();
    if (entry === ENDED) this.#finish(this.log.failure);
    if (entry === ENDED || entry === WAITING) return false;
    if (!isFailure(entry) && !entry.log.over) {
      if (!this.#message) entry.whenSettled(this, false);
      this.#message = entry;
      return false;
    }
    this.#message = undefined;
    this.failure ??= isFailure(entry) ? entry : entry.failure;
    this.passed++;
    return true;
  }

  #finish(failure: Failure | undefined): void {
    this.#message?.forget(this);
    this.failure ??= failure;
    this.done = true;
    this.log.leave(this);
  }
}
