import { CodeFence } from './code-fence.js';
import { isUnderline, readHashHeading, readHeadingByHand, UNDERLINE } from './history-heading.js';

/**
 * The text of a message as it stands in a history. A line that would be read as a heading gets a backslash, and so do blank
 * lines at the edges, which nobody who edits the file could see, and lines that would be read as one of these.
 */
export function writeText(text: string): string {
  const lines = text.split('\n');
  const [first, last] = edgesOf(lines);
  const written = new Context();
  return lines
    .map((line, index) => {
      const edge = index < first || index > last;
      const escaped = edge || written.mistakes(line) ? `\\${line}` : line;
      written.take(line);
      return escaped;
    })
    .join('\n');
}

/** The text that lines of a history are: without blank lines at the edges, and `undefined` if there are no others. */
export function readText(lines: readonly string[]): string | undefined {
  const [first, last] = edgesOf(lines);
  if (first > last) return undefined;
  const read = new Context();
  return lines
    .slice(first, last + 1)
    .map((line) => {
      const meant = line.startsWith('\\') && read.mistakes(line) ? line.slice(1) : line;
      read.take(meant);
      return meant;
    })
    .join('\n');
}

/** Which lines need a backslash, or have one, by what came before them: the same for the writer and for the reader. */
class Context {
  readonly #fence = new CodeFence();
  #previous: string | undefined;

  /** Whether a line, without the backslashes that it begins with, would be read as something that it is not. */
  mistakes(line: string): boolean {
    const bare = line.replace(/^\\+/, '');
    if (isBlank(bare)) return bare !== line;
    if (bare.trimEnd() === UNDERLINE) return true;
    if (this.#fence.open) return false;
    return (
      readHashHeading(bare) !== undefined || (isUnderline(bare) && readHeadingByHand(this.#previous) !== undefined)
    );
  }

  take(line: string): void {
    this.#fence.take(line);
    this.#previous = line;
  }
}

/** Which lines are the first and the last that are not blank; the other way round if there are none. */
function edgesOf(lines: readonly string[]): [first: number, last: number] {
  let [first, last] = [0, lines.length - 1];
  while (first <= last && isBlank(lines[first])) first++;
  while (last > first && isBlank(lines[last])) last--;
  return [first, last];
}

const isBlank = (line: string | undefined): boolean => line?.trim() === '';
