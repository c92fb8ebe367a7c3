import type { WriteStream } from 'node:tty';

/** A line at the foot of a terminal that is written over and over. Where there is no terminal, nothing. */
export class ProgressLine {
  readonly #canMove: boolean;
  #line = '';

  constructor(private readonly log: WriteStream) {
    this.#canMove = log.isTTY && process.env.TERM !== 'dumb';
  }

  /** Shows a line below the one that the cursor is in; the cursor stays. */
  show(line: string, column: number): void {
    this.erase();
    this.#line = line;
    this.draw(column);
  }

  draw(column: number): void {
    if (!this.#canMove || this.#line === '') return;
    const back = `\x1b[1A\r${column > 0 ? `\x1b[${column}C` : ''}`;
    this.log.write(`\n\r${this.#line.slice(0, (this.log.columns || 80) - 1)}${back}`);
  }

  /** Takes it away: all that is right of the cursor and below it. */
  erase(): void {
    if (this.#canMove && this.#line !== '') this.log.write('\x1b[J');
  }
}
