import { Transform } from 'node:stream';
import type { TransformCallback } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { ConsoleInput } from './console-streams.js';

/** What a terminal that was asked to puts around what is pasted. */
const [BEGIN, END] = ['\x1b[200~', '\x1b[201~'];
const BACKSPACE = '\x7f';
/** Nobody types so much at once. */
const BURST = 200;
/** What comes so soon after a part of something pasted is another part of it. */
const SAME_PASTE_MS = 50;

/**
 * What is typed at a terminal, with a mark in place of whatever was pasted that is long or has several lines. So a line of
 * input stays a line, of a length that can be edited, and nothing that is pasted is sent before somebody presses Enter.
 *
 * Terminals that do not tell what is pasted send it in bursts: as no person can type.
 */
export class PastedText extends Transform {
  readonly isTTY = true;
  readonly #decoder = new StringDecoder('utf8');
  readonly #texts = new Map<string, string>();
  #marks = 0;
  #held = '';
  #paste: string | undefined;
  #lastBurst = -Infinity;
  #burst = { text: '', shown: '' };

  constructor(private readonly terminal: ConsoleInput) {
    super({ decodeStrings: false });
  }

  setRawMode(raw: boolean): this {
    this.terminal.setRawMode?.(raw);
    return this;
  }

  /** A line as it was meant: with what was pasted in place of the marks. */
  expand(line: string): string {
    return line.replace(/\[pasted \d+: [^\]]*\]/g, (mark) => this.#texts.get(mark) ?? mark);
  }

  override _transform(chunk: Buffer | string, _encoding: BufferEncoding, done: TransformCallback): void {
    this.push(this.#read(typeof chunk === 'string' ? chunk : this.#decoder.write(chunk)));
    done();
  }

  override _flush(done: TransformCallback): void {
    this.push(this.#held + this.#mark(this.#paste ?? ''));
    done();
  }

  #read(typed: string): string {
    const text = this.#held + typed;
    if (this.#paste === undefined && this.#isBurst(text)) return this.#readBurst(text);
    this.#held = this.#beginningIn(text);
    const parts = text.slice(0, text.length - this.#held.length).split(/(\x1b\[20[01]~)/);
    return parts.map((part) => this.#readPart(part)).join('');
  }

  /** The end of a text with which a sign may begin. The escape key alone is none. */
  #beginningIn(text: string): string {
    const shortest = text.length > 1 || this.#paste !== undefined ? 1 : 2;
    for (let length = BEGIN.length - 1; length >= shortest; length--) {
      const end = text.slice(-length);
      if (BEGIN.startsWith(end) || END.startsWith(end)) return end;
    }
    return '';
  }

  #readPart(part: string): string {
    if (part === BEGIN) this.#paste ??= '';
    else if (this.#paste === undefined) return part === END ? '' : part;
    else if (part !== END) this.#paste += part;
    else {
      const pasted = this.#paste;
      this.#paste = undefined;
      return this.#mark(pasted);
    }
    return '';
  }

  #isBurst(text: string): boolean {
    if (text === '' || /[^\P{Cc}\n\r\t]/u.test(text)) return false;
    return this.#isSoon() || text.length >= BURST || /[\r\n][^\r\n]/.test(text);
  }

  /** What is pasted; but a line break after a single line is Enter. A further part of it takes the place of the mark so far. */
  #readBurst(text: string): string {
    const before = this.#isSoon() ? this.#burst : { text: '', shown: '' };
    this.#lastBurst = performance.now();
    if (this.#texts.delete(before.shown)) this.#marks--;
    const all = before.text + text;
    const [, line = '', enter = ''] = /^([^\r\n]*)(\r\n?|\n)$/.exec(all) ?? [];
    const shown = this.#mark(enter ? line : all);
    this.#burst = enter ? { text: '', shown: '' } : { text: all, shown };
    return BACKSPACE.repeat(before.shown.length) + shown + enter;
  }

  #isSoon(): boolean {
    return performance.now() - this.#lastBurst < SAME_PASTE_MS;
  }

  #mark(pasted: string): string {
    const text = pasted.replace(/\r\n?/g, '\n');
    if (text.length < BURST && !/\p{Cc}/u.test(text)) return text;
    const lines = text.replace(/\n$/, '').split('\n').length;
    const size = lines > 1 ? `${lines} lines` : `${text.length} characters`;
    const mark = `[pasted ${++this.#marks}: ${size}]`;
    this.#texts.set(mark, text);
    return mark;
  }
}
