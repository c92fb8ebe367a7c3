const WIDE = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff00-\uff60`;
const PARTS = new RegExp(String.raw`\n|[^\S\n]+|[${WIDE}]|[^\s${WIDE}]+`, 'gu');
const IS_WIDE = new RegExp(`[${WIDE}]`, 'u');
const ITEM = /^([-*•]|\d{1,3}[.)])$/;

const widthOf = (character: string): number =>
  IS_WIDE.test(character) ? 2 : /[\p{Mn}\p{Me}\p{Cf}]/u.test(character) ? 0 : 1;

/** Breaks text that comes in tokens into indented lines, at spaces. The last word waits until it is known where it ends. */
export class Wrap {
  /** Where the cursor is. */
  column = 0;
  #word: string[] = [];
  #spaced = false;
  #indent = '';

  constructor(
    private readonly indent: string,
    private readonly width: () => number,
  ) {}

  /** What can be written of the text so far. */
  push(text: string): string {
    let out = '';
    for (const part of text.match(PARTS) ?? []) {
      const isWord = part.trim() !== '';
      if (!isWord || IS_WIDE.test(part)) out += this.#place();
      if (isWord) this.#word.push(...part);
      else if (part === '\n') out += this.#newLine();
      else this.#spaced = true;
      if (IS_WIDE.test(part)) out += this.#place();
    }
    return out;
  }

  /** The rest of the text, and the end of its line. */
  end(): string {
    return this.#place() + (this.column > 0 ? this.#newLine() : '');
  }

  #newLine(): string {
    [this.column, this.#spaced] = [0, false];
    return '\n';
  }

  #place(): string {
    const word = this.#word.splice(0);
    if (word.length === 0) return '';
    const width = word.reduce((sum, character) => sum + widthOf(character), 0);
    let out = '';
    if (this.column === 0) this.#indent = this.indent;
    else if (this.column + Number(this.#spaced) + width > this.width()) out += this.#newLine();
    if (this.column === 0) out += this.#write(this.#indent);
    else if (this.#spaced) out += this.#write(' ');
    if (out === this.indent && ITEM.test(word.join(''))) this.#indent = this.indent + ' '.repeat(width + 1);
    this.#spaced = false;
    return out + this.#writeWord(word);
  }

  /** A word longer than a line goes on in the next one. */
  #writeWord(word: readonly string[]): string {
    let out = '';
    for (const character of word) {
      if (this.column + widthOf(character) > this.width()) out += this.#newLine() + this.#write(this.#indent);
      out += this.#write(character);
    }
    return out;
  }

  #write(text: string): string {
    for (const character of text) this.column += widthOf(character);
    return text;
  }
}
