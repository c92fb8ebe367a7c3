import { call } from '../scope/call.js';
import type { Task } from '../scope/call.js';
import type { Failure } from '../scope/failure.js';
import { Log } from './log.js';
import { callWatchers } from './watchers.js';
import type { Watchers } from './watchers.js';

const none: string[] = [];

/**
 * The tokens of one message. Once all have been read by those who read along, they are kept as one text and their lengths,
 * a byte or so for each; a later reader gets them cut anew.
 */
export class TokenLog extends Log<string> {
  #text: string | undefined;
  #tolerated = false;
  #lengths: Uint8Array | Uint32Array | undefined;
  #watchers: Watchers | undefined;

  /** The log of a text that is there already, as one token; of no text, none. */
  static of(text: string): TokenLog {
    const log = new TokenLog();
    log.ended = true;
    log.#text = text;
    log.entries = none;
    return log;
  }

  /** Somebody takes its failure, if it comes to one, as text: that is to consume it. */
  tolerate(): void {
    this.#tolerated = true;
    this.failure?.consume();
  }

  override end(failure?: Failure, quiet?: boolean): void {
    if (this.#tolerated) failure?.consume();
    super.end(failure, quiet);
  }

  /** All tokens, joined. */
  get text(): string {
    return this.#text ?? this.entries.join('');
  }

  /** Whether it has ended and everybody who read along knows. */
  get over(): boolean {
    return this.ended && !this.readers?.size;
  }

  /** Runs a task when the log is over: first those that read the whole message, then those that wait for it for their own end. */
  whenOver(task: Task, readsWhole: boolean): void {
    if (this.over) call(task);
    else (this.#watchers ??= new Map()).set(task, readsWhole);
  }

  forget(task: Task): void {
    this.#watchers?.delete(task);
  }

  /** The tokens to read: the growing array of a log that is still written to. */
  open(): readonly string[] {
    const text = this.#text;
    if (text === undefined) return this.entries;
    if (!this.#lengths) return text ? [text] : none;
    const tokens: string[] = [];
    for (let i = 0, at = 0; i < this.#lengths.length; i++)
      tokens.push(text.slice(at, (at += this.#lengths[i] as number)));
    return tokens;
  }

  protected override onRead(): void {
    if (!this.over || this.#text !== undefined) return;
    this.readers = undefined;
    this.#compact();
    const watchers = this.#watchers;
    this.#watchers = undefined;
    if (watchers) callWatchers(watchers);
  }

  #compact(): void {
    const { entries } = this;
    this.#text = entries.join('');
    this.entries = none;
    if (entries.length === 0 || (entries.length === 1 && this.#text)) return;
    let lengths: Uint8Array | Uint32Array = new Uint8Array(entries.length);
    for (let i = 0; i < entries.length; i++) {
      const { length } = entries[i] as string;
      if (length > 255 && lengths instanceof Uint8Array) lengths = Uint32Array.from(lengths);
      lengths[i] = length;
    }
    this.#lengths = lengths;
  }
}
