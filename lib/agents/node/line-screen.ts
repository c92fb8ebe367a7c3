import { Writable } from 'node:stream';
import type { ConsoleOutput } from './console-streams.js';

/**
 * The screen, as readline sees it: it hears that the window changed only while somebody is asked. Otherwise it would write its
 * prompt into what others are writing then.
 */
export class LineScreen extends Writable {
  readonly isTTY = true;
  readonly #resized = () => this.emit('resize');

  constructor(private readonly screen: ConsoleOutput) {
    super({ decodeStrings: false });
  }

  get columns(): number | undefined {
    return this.screen.columns;
  }

  /** Whether it hears of changes from now on. */
  listen(listens: boolean): void {
    this.screen.off('resize', this.#resized);
    if (listens) this.screen.on('resize', this.#resized);
  }

  override _write(chunk: Buffer | string, _encoding: BufferEncoding, done: () => void): void {
    this.screen.write(chunk);
    done();
  }
}
