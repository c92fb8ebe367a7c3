/** A part of a text, and what comes in its place. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

/** Replaces all that a pattern matches, whether or not it says `g`. */
export function editsByPattern(text: string, pattern: RegExp, by: string): Edit[] {
  const all = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '') + 'g');
  const matches = [...text.matchAll(all)].filter(([match]) => match !== '');
  return matches.map(({ 0: match, index }) => ({ from: index, to: index + match.length, by }));
}

/** What was done to a text that has become another one: one edit, from the first difference to the last. */
export function editBetween(before: string, after: string): Edit[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before[same] === after[same]) same++;
  let atEnd = 0;
  while (atEnd < shorter - same && before.at(-1 - atEnd) === after.at(-1 - atEnd)) atEnd++;
  return [{ from: same, to: before.length - atEnd, by: after.slice(same, after.length - atEnd) }];
}

/**
 * The tokens of a text after edits, in their order. There are as many, so that each keeps its time; what comes in the place of
 * several goes to the first of them.
 *
 * ```
 * 'my ' 'key sk' '-1234' ' ok'  →  'my ' 'key [redacted]' '' ' ok'
 * ```
 */
export function cutAnew(tokens: readonly string[], edits: readonly Edit[]): string[] {
  let end = 0;
  return tokens.map((token, index) => {
    const start = end;
    end += token.length;
    const last = index === tokens.length - 1;
    let left = '';
    let at = start;
    for (const { from, to, by } of edits) {
      if (to <= start && from < start) continue;
      const begins = from >= start && (from < end || last);
      if (begins) left += token.slice(at - start, from - start) + by;
      if (begins || from < start) at = Math.max(at, Math.min(to, end));
    }
    return left + token.slice(at - start);
  });
}
