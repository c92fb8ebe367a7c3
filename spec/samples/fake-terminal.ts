import type { WriteStream } from 'node:tty';

/** As much of a terminal as the samples use: what is written moves a cursor and changes a screen that scrolls. */
export class FakeTerminal {
  readonly lines = [''];
  /** Everything that was written, as it was written. */
  written = '';
  #row = 0;
  #column = 0;

  constructor(
    private readonly columns: number,
    private readonly rows: number,
  ) {}

  /** A stream that writes to it; both `stdout` and `stderr` may do so. */
  stream(colours = false, columns = this.columns): WriteStream {
    const write = (text: string) => this.#write(text);
    return { isTTY: true, columns, hasColors: () => colours, write } as unknown as WriteStream;
  }

  /** What can be seen, without empty lines at the end. */
  get screen(): string[] {
    const seen = this.lines.slice(-this.rows).map((line) => line.trimEnd());
    while (seen.at(-1) === '') seen.pop();
    return seen;
  }

  /** All that was ever there, scrolled out of sight or not. */
  get text(): string {
    return this.lines
      .map((line) => line.trimEnd())
      .join('\n')
      .trimEnd();
  }

  #write(text: string): boolean {
    this.written += text;
    for (const [part, count, command] of text.matchAll(/\x1b\[(\d*)([A-Za-z])|[\s\S]/gu)) {
      if (command) this.#command(command, Number(count || 1));
      else if (part === '\n') this.#down();
      else if (part === '\r') this.#column = 0;
      else this.#put(part);
    }
    return true;
  }

  #command(command: string, count: number): void {
    // What has scrolled away cannot be reached any more.
    if (command === 'A') this.#row = Math.max(this.#row - count, this.lines.length - this.rows, 0);
    else if (command === 'C') this.#column = Math.min(this.#column + count, this.columns - 1);
    else if (command === 'K' || command === 'J') this.lines[this.#row] = this.#line.slice(0, this.#column);
    else if (command !== 'm') throw new Error(`unknown command ${command}`);
    if (command === 'J') this.lines.fill('', this.#row + 1);
  }

  #down(): void {
    this.#column = 0;
    if (++this.#row === this.lines.length) this.lines.push('');
  }

  #put(character: string): void {
    if (this.#column >= this.columns) this.#down();
    const line = this.#line.padEnd(this.#column);
    this.lines[this.#row] = line.slice(0, this.#column) + character + line.slice(this.#column + 1);
    this.#column++;
  }

  get #line(): string {
    return this.lines[this.#row] ?? '';
  }
}
