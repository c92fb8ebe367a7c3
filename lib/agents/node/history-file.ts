import { readFile, rm } from 'node:fs/promises';
import type { Message } from '../../messages/message.js';
import { appendDurably } from './append-durably.js';
import { readEntries, writeEntry } from './history-format.js';
import { inTurn } from './in-turn.js';
import { UnreadableHistoryError } from './unreadable-history-error.js';

/** A history in a file. What is asked of it is done in the order in which it was asked. */
export class HistoryFile {
  #entries: string[] = [];
  #appending: Promise<void> | undefined;

  constructor(
    private readonly file: string,
    private fresh: boolean,
  ) {}

  /** Appends a message; several that come while one is being appended, together. Resolves when it is on the disk. */
  append(message: Message): Promise<void> {
    this.#entries.push(writeEntry(message));
    return (this.#appending ??= this.#inTurn(() => {
      const entries = this.#entries.splice(0).join('');
      this.#appending = undefined;
      return appendDurably(this.file, entries);
    }));
  }

  /** All messages of the file, those that somebody has put there in the meantime too. None, if there is no file. */
  read(): Promise<Message[]> {
    return this.#inTurn(async () => {
      const bytes = await readFile(this.file).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return Buffer.alloc(0);
        throw error;
      });
      return readEntries(this.#decode(bytes));
    });
  }

  #decode(bytes: Buffer): string {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch (error) {
      throw new UnreadableHistoryError(this.file, error);
    }
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const { fresh } = this;
    this.fresh = false;
    return inTurn(this.file, async () => {
      if (fresh) await rm(this.file, { force: true });
      return work();
    });
  }
}
