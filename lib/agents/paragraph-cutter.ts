/** Among the pieces of a text: what comes after it belongs to the next paragraph. */
export const CUT: unique symbol = Symbol('cut');

/** What opens a fenced code block: three or more backticks, or tildes, at the beginning of a line or of an item of a list. */
export const FENCE = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*$)|~{3,})/;
const RUNS = /\n|\r|[ \t]+|[^ \t\r\n]+/g;

/**
 * Cuts a text at its blank lines, as it comes: however it is split into tokens, the paragraphs are the same. A fenced code
 * block is kept whole, with the blank lines in it.
 *
 * It holds back nothing but white space that may turn out to be a blank line, or the end.
 */
export class ParagraphCutter {
  /** The line so far: it may open or close a code block. */
  #line = '';
  #lineIsBlank = true;
  /** Line ends, and what is blank after them. Whether they separate paragraphs is seen by what comes next. */
  #held = '';
  #begun = false;
  #fence: string | undefined;

  /** Takes the next token, and gives what is known of the text by now. */
  take(token: string): (string | typeof CUT)[] {
    const pieces: (string | typeof CUT)[] = [];
    let text = '';
    for (const [run] of token.matchAll(RUNS)) {
      if (this.#cutsBefore(run)) {
        if (text) pieces.push(text);
        pieces.push(CUT);
        text = '';
      }
      text += this.#take(run);
    }
    if (text) pieces.push(text);
    return pieces;
  }

  /** Gives what is left at the end of the text: of a code block that was not closed. */
  end(): string {
    return this.#isCode() ? this.#held : '';
  }

  #cutsBefore(run: string): boolean {
    return this.#begun && !this.#fence && isContent(run) && this.#held.split('\n').length > 2;
  }

  #take(run: string): string {
    if (run === '\n') return this.#endLine();
    this.#line += run;
    this.#lineIsBlank &&= !isContent(run);
    const waits = run === '\r' || (this.#lineIsBlank && !this.#fence);
    return waits ? this.#hold(run) : this.#release(run);
  }

  #hold(blank: string): string {
    this.#held += blank;
    return '';
  }

  /** Of what was held, the blank lines go that come before the first paragraph, or between two; an indentation stays. */
  #release(run: string): string {
    const lines = this.#held.split('\n');
    const separates = !this.#fence && (!this.#begun || lines.length > 2);
    const held = separates ? lines.at(-1) : this.#held;
    this.#held = '';
    this.#begun = true;
    return `${held}${run}`;
  }

  #endLine(): string {
    const isCode = this.#isCode();
    this.#line = '';
    this.#lineIsBlank = true;
    if (!isCode) this.#fence = undefined;
    return isCode ? this.#release('\n') : this.#hold('\n');
  }

  /** Whether what comes after this line is code. A code block is closed by as many of the same, alone in a line. */
  #isCode(): boolean {
    const line = this.#line.trimEnd();
    const [, fence] = FENCE.exec(line) ?? [];
    if (this.#fence !== undefined) return !(fence?.startsWith(this.#fence) && line.trimStart() === fence);
    this.#fence = fence;
    return fence !== undefined;
  }
}

function isContent(run: string): boolean {
  return !/^[ \t\r\n]/.test(run);
}
