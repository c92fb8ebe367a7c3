import type { StoreProblem } from './store-error.js';

/** A message as it is kept: its key, and the canonical JSON that the key is the SHA-256 of. Messages inside it stand as their keys. */
export interface Row {
  readonly hashKey: string;
  readonly body: string;
}

/** That a message comes next in a conversation, if it is not in there already. */
export interface Turn {
  readonly conversation: string;
  readonly hashKey: string;
}

/** What is to be kept in one go: first the rows, each after those it refers to, and then the turns. */
export interface Batch {
  readonly rows: readonly Row[];
  readonly turns: readonly Turn[];
}

/** What a store is built on: all that differs from one to the other. Calls of `write` come one at a time. */
export interface Engine {
  /** Keeps a batch durably; what is there already stays as it is. */
  write(batch: Batch): Promise<void>;
  /** The bodies under these keys, as far as they are there. */
  read(hashKeys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The key that is the last in a conversation now. */
  last(conversation: string): Promise<string | undefined>;
  /** At most so many keys of a conversation, in order, from the one after a key on; nothing if it does not have that key. */
  page(conversation: string, after: string | undefined, limit: number): Promise<readonly string[] | undefined>;
  close(): Promise<void>;
  /** Whether it was taken away, and another is to be opened. */
  readonly isGone?: boolean;
}

/** How a store comes to its engine: when it is first used, and again with the next use if that fails. */
export interface Source {
  /** Which store it is, for errors. */
  readonly name: string;
  readonly open: () => Promise<Engine>;
  /** What an error of the engine is to a store, where it is more than that it is unavailable. */
  readonly problemOf?: (error: unknown) => StoreProblem | undefined;
}
