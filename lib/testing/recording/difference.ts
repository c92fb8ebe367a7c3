import { diffWordsWithSpace, structuredPatch } from 'diff';

/** Around a difference, so many lines that are the same are shown. */
const CONTEXT = 2;
/** Of texts that differ in more than so many lines, or lines in so many words, it is not looked for what is the same. */
const MOST_EDITS = 300;
/** So many lines are shown of a difference, and so many characters of a line. */
const MOST_LINES = 200;
const LONGEST_LINE = 2000;

/**
 * How one text differs from another: its lines, `-` before those that were expected and `+` before those that came, and the words
 * that differ where one line has become another.
 *
 * ```
 *   The weather in
 * - Oslo is fine.
 * + Oslo is bad.
 *   (Oslo is [-fine-]{+bad+}.)
 * ```
 */
export function difference(expected: readonly string[], came: readonly string[]): string {
  const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
  const options = { context: CONTEXT, maxEditLength: MOST_EDITS };
  const patch = structuredPatch('', '', text(expected), text(came), '', '', options);
  const hunks = patch
    ? patch.hunks.map(({ lines }) => lines)
    : [[...expected.map((line) => `-${line}`), ...came.map((line) => `+${line}`)]];
  return shortened(hunks.map((lines) => withWords(lines).join('\n')).join('\n  …\n'));
}

function shortened(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)} …` : line));
  const more = lines.length - MOST_LINES;
  return [...lines.slice(0, MOST_LINES), ...(more > 0 ? [`  … ${more} more lines`] : [])].join('\n');
}

function withWords(lines: readonly string[]): string[] {
  return lines.flatMap((line, index) => {
    const shown = `${line.slice(0, 1)} ${line.slice(1)}`.trimEnd();
    const before = lines[index - 1] ?? '';
    const alone = line.startsWith('+') && !lines[index + 1]?.startsWith('+') && !lines[index - 2]?.startsWith('-');
    const changes = alone && before.startsWith('-') && words(before.slice(1), line.slice(1));
    return changes ? [shown, `  (${changes})`] : [shown];
  });
}

/** What of two lines is the same, and what is not; nothing, if that is too much. */
function words(one: string, other: string): string | undefined {
  return diffWordsWithSpace(one, other, { maxEditLength: MOST_EDITS })
    ?.map(({ value, added, removed }) => (added ? `{+${value}+}` : removed ? `[-${value}-]` : value))
    .join('');
}
