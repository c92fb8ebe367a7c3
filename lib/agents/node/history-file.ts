import { readFile, rm, stat } from 'node:fs/promises';
import type { Message } from '../../messages/message.js';
import { appendDurably } from './append-durably.js';
import { readEntries, writeEntry } from './history-format.js';
import { inTurn, isLastInTurn } from './in-turn.js';
import { UnreadableHistoryError } from './unreadable-history-error.js';

/** A history in a file. What is asked of it is done in the order in which it was asked. */
export class HistoryFile {
  /** What is to be written together, when its turn comes. */
  #batch: { readonly entries: string[]; readonly written: Promise<void> } | undefined;
  #isText = false;

  constructor(
    private readonly file: string,
    private fresh: boolean,
  ) {}

  /**
   * Appends a message; several that come while one waits for its turn, together. Resolves when it is on the disk.
   *
   * @throws UnreadableHistoryError if there is something else than a text, which is left as it is.
   */
  append(message: Message): Promise<void> {
    const entry = writeEntry(message);
    if (this.#batch && isLastInTurn(this.file, this.#batch.written)) {
      this.#batch.entries.push(entry);
      return this.#batch.written;
    }
    const entries = [entry];
    const written = this.#inTurn(async () => {
      if (this.#batch?.entries === entries) this.#batch = undefined;
      if (!this.#isText) await this.#text();
      await appendDurably(this.file, entries.join(''));
    });
    this.#batch = { entries, written };
    return written;
  }

  /**
   * All messages of the file, those that somebody has put there in the meantime too. None, if there is no file.
   *
   * @throws UnreadableHistoryError
   */
  read(): Promise<Message[]> {
    return this.#inTurn(async () => readEntries(await this.#text()));
  }

  async #text(): Promise<string> {
    const bytes = await this.#bytes().catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return Buffer.alloc(0);
      throw error;
    });
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      this.#isText = true;
      return text;
    } catch (error) {
      throw new UnreadableHistoryError(this.file, error);
    }
  }

  /** A device, or a pipe, may have no end. */
  async #bytes(): Promise<Buffer> {
    const stats = await stat(this.file);
    if (!stats.isFile() && !stats.isDirectory())
      throw new UnreadableHistoryError(this.file, undefined, 'no ordinary file');
    return readFile(this.file);
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
