import type { WriteStream } from 'node:tty';
import type { Page } from './page.js';
import { printable } from './printable.js';
import type { ProgressLine } from './progress-line.js';
import { Wrap } from './wrap.js';

const WIDEST = 100;
/** Where a terminal does not know how wide it is, and says 0. */
const USUAL = 80;
const [BOLD, DIM, RED] = [1, 2, 31];

/** A digest for people: in colour, in lines of a readable width, with a line of progress below. */
export class TerminalPage implements Page {
  readonly #wrap: Wrap;
  #style: number | undefined;
  #closed = false;

  constructor(
    private readonly out: WriteStream,
    private readonly log: WriteStream,
    private readonly progressLine: ProgressLine,
  ) {
    this.#wrap = new Wrap('  ', () => Math.min(out.columns || USUAL, WIDEST) - 1);
  }

  note(line: string): void {
    this.#write(this.out, `${this.#styled(line, DIM)}\n\n`);
  }

  heading(who: string): void {
    this.#write(this.out, `${this.#styled(printable(who), BOLD)}\n`);
  }

  text(token: string): void {
    this.#write(this.out, this.#styled(this.#wrap.push(printable(token)), this.#style));
  }

  error(line: string): void {
    this.#style = RED;
    this.text(`✗ ${line}`);
    this.end();
  }

  end(): void {
    this.#write(this.out, `${this.#styled(this.#wrap.end(), this.#style)}\n`);
    this.#style = undefined;
  }

  progress(line: string): void {
    if (!this.#closed) this.progressLine.show(line, this.#wrap.column);
  }

  close(line: string): void {
    this.progressLine.show('', 0);
    this.#write(this.out, this.#wrap.end());
    this.#write(this.log, `${this.#styled(line, DIM)}\n`);
    this.#closed = true;
  }

  #write(stream: WriteStream, text: string): void {
    if (text === '' || this.#closed) return;
    this.progressLine.erase();
    stream.write(text);
    this.progressLine.draw(this.#wrap.column);
  }

  #styled(text: string, style: number | undefined): string {
    return style && text && this.out.hasColors() ? `\x1b[${style}m${text}\x1b[0m` : text;
  }
}
