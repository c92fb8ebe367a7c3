import type { WriteStream } from 'node:tty';
import type { Page } from './page.js';
import { printable } from './printable.js';
import type { ProgressLine } from './progress-line.js';

/** A digest for files and other programs: Markdown, with nothing in it that only a terminal understands. */
export class MarkdownPage implements Page {
  #closed = false;

  constructor(
    private readonly out: WriteStream,
    private readonly log: WriteStream,
    private readonly progressLine: ProgressLine,
  ) {}

  note(line: string): void {
    this.#write(`${line}\n\n`);
  }

  heading(who: string): void {
    this.#write(`## ${printable(who)}\n\n`);
  }

  text(token: string): void {
    this.#write(printable(token));
  }

  error(line: string): void {
    this.#write(`${printable(line)}\n\n`);
  }

  end(): void {
    this.#write('\n\n');
  }

  progress(line: string): void {
    if (!this.#closed) this.progressLine.show(line, 0);
  }

  close(line: string): void {
    if (this.#closed) return;
    this.progressLine.show('', 0);
    this.log.write(`${line}\n`);
    this.#closed = true;
  }

  #write(text: string): void {
    if (!this.#closed) this.out.write(text);
  }
}
