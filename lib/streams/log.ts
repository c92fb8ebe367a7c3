import { call } from '../scope/call.js';
import type { Task } from '../scope/call.js';
import type { Failure } from '../scope/failure.js';

/**
 * What a stream keeps: everything that came, in order, and how it ended. Writers append and wake the readers; readers take
 * what they have not seen, each at its own index. That alone gives replay, late readers and re-entrancy.
 */
export class Log<Entry> {
  entries: Entry[] = [];
  ended = false;
  /** Why it ended, where it did not just end. */
  failure: Failure | undefined;
  /** Why nobody should wait any longer for what its entries still owe: the failure, or one that came after the end. */
  cut: Failure | undefined;
  /** Whether readers of the entries see just an end in spite of that. */
  quiet = false;
  /** Those that wait for the next entry or the end. A reader leaves when it has delivered the end. */
  readers: Set<Task> | undefined;

  append(entry: Entry): void {
    if (this.ended) return;
    this.entries.push(entry);
    this.wake();
  }

  /** Appends many, before anybody reads the first of them. */
  appendAll(entries: readonly Entry[]): void {
    if (this.ended) return;
    for (const entry of entries) this.entries.push(entry);
    this.wake();
  }

  /** Ends the log. An end stays as it is; a failure that comes after it only cuts it. */
  end(failure?: Failure, quiet = false): void {
    if (this.cut || (this.ended && !failure)) return;
    if (!this.ended) this.failure = failure;
    this.ended = true;
    this.cut = failure;
    this.quiet = quiet;
    this.wake();
    this.onRead();
  }

  /** Has the end that comes next be no success, though readers of the entries see just an end. What entries owe still comes. */
  endQuietly(failure: Failure): void {
    if (this.ended) return;
    this.failure = failure;
    this.ended = this.quiet = true;
    this.wake();
    this.onRead();
  }

  wait(reader: Task): void {
    (this.readers ??= new Set()).add(reader);
  }

  leave(reader: Task): void {
    if (this.readers?.delete(reader)) this.onRead();
  }

  protected wake(): void {
    if (this.readers) for (const reader of this.readers) call(reader);
  }

  /** Called when readers may have all seen the end. */
  protected onRead(): void {}
}
