import { PassThrough } from 'node:stream';

/** A stream that keeps what is written to it, and lets one wait for a text. */
export class Written extends PassThrough {
  text = '';

  constructor(readonly isTTY = false) {
    super();
    this.setEncoding('utf8').on('data', (text: string) => (this.text += text));
  }

  /** Resolves when a text has been written, beyond what was seen before. */
  async has(text: string, from = 0): Promise<number> {
    while (!this.text.includes(text, from)) await new Promise((resolve) => this.once('data', resolve));
    return this.text.indexOf(text, from) + text.length;
  }
}

/** As much of a terminal's keyboard as a console uses. */
export class Keyboard extends PassThrough {
  readonly isTTY = true;
  raw = false;

  setRawMode(raw: boolean): this {
    this.raw = raw;
    return this;
  }
}
