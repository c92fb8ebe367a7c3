import type { Message } from '../../messages/message.js';
import { isFailure } from '../../scope/failure.js';
import type { Failure } from '../../scope/failure.js';
import type { MessageSequence } from '../../streams/message-sequence.js';
import type { Entry } from '../../streams/message-type.js';
import { ENDED, LogReader, WAITING } from '../../streams/reader.js';

/** What an entry has come to: the message, or why it is none; undefined as long as neither is known. */
export function wholeOf(entry: Entry): Message | Failure | undefined {
  return isFailure(entry) ? entry : entry.settled();
}

/** What an agent has heard so far of what it is asked, with its errors in their places. To be heard is to be consumed. */
export class Heard {
  readonly entries: Entry[] = [];
  /** Whether that is all. */
  all = false;
  readonly #reader: LogReader<Entry>;
  readonly #tell = { run: () => this.changed() };

  /** @param changed - called when there is more of it: an entry, the end of one, or of all. */
  constructor(
    messages: MessageSequence,
    private readonly changed: () => void,
  ) {
    this.#reader = new LogReader<Entry>(messages.log, this.#tell);
  }

  /** Takes what has come since. */
  read(): void {
    if (this.all) return;
    for (let entry = this.#reader.read(); entry !== WAITING; entry = this.#reader.read()) {
      if (entry === ENDED) {
        this.all = true;
        return this.#reader.close();
      }
      this.entries.push(entry);
      if (isFailure(entry)) entry.consume();
      else if (!entry.settled()) entry.whenSettled(this.#tell, true);
    }
  }

  /** Whether an entry has come, and is whole or an error. */
  isWhole(index: number): boolean {
    const entry = this.entries[index];
    return entry !== undefined && wholeOf(entry) !== undefined;
  }

  /** Whether nothing more of it will come. */
  get complete(): boolean {
    return this.all && this.entries.every((_, index) => this.isWhole(index));
  }

  /** The errors among it, and those of its messages. */
  get errors(): unknown[] {
    return this.entries
      .map(wholeOf)
      .filter(isFailure)
      .map(({ error }) => error);
  }

  close(): void {
    this.#reader.close();
    for (const entry of this.entries) if (!isFailure(entry)) entry.forget(this.#tell);
  }
}
