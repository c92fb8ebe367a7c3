import { FENCE } from '../paragraph-cutter.js';

/** Follows fenced code through the lines of a Markdown text. Fences may be indented: they mostly are in lists. */
export class CodeFence {
  #fence: string | undefined;

  /** Whether the line that comes next stands in fenced code. */
  get open(): boolean {
    return this.#fence !== undefined;
  }

  /** Forgets what came before. */
  reset(): void {
    this.#fence = undefined;
  }

  /** Takes the next line. */
  take(line: string): void {
    if (this.#fence === undefined) this.#fence = FENCE.exec(line)?.[1];
    else if (/^[ \t]*(`{3,}|~{3,})\s*$/.exec(line)?.[1]?.startsWith(this.#fence)) this.#fence = undefined;
  }
}
