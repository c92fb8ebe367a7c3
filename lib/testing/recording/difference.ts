import { diffWordsWithSpace, structuredPatch } from 'diff';

/** Around a difference, so many lines that are the same are shown. */
const CONTEXT = 2;

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
  const { hunks } = structuredPatch('', '', text(expected), text(came), '', '', { context: CONTEXT });
  return hunks.map(({ lines }) => withWords(lines).join('\n')).join('\n  …\n');
}

function withWords(lines: readonly string[]): string[] {
  return lines.flatMap((line, index) => {
    const shown = `${line.slice(0, 1)} ${line.slice(1)}`.trimEnd();
    const before = lines[index - 1] ?? '';
    const alone = line.startsWith('+') && !lines[index + 1]?.startsWith('+') && !lines[index - 2]?.startsWith('-');
    return alone && before.startsWith('-') ? [shown, `  (${words(before.slice(1), line.slice(1))})`] : [shown];
  });
}

function words(one: string, other: string): string {
  return diffWordsWithSpace(one, other)
    .map(({ value, added, removed }) => (added ? `{+${value}+}` : removed ? `[-${value}-]` : value))
    .join('');
}
