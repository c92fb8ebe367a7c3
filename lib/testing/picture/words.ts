const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What takes two columns where letters have one width: East Asian characters and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;

/** What takes one column a character, for sure. */
const LETTERS = /^[ -~]*$/;

/** What is not to be seen, or would change how what stands around it is shown: control characters, overrides of direction. */
const UNSEEN = /[\p{Cc}\p{Surrogate}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu;

/** A text in one line that can be put into any picture: nothing in it is a control character. */
export function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(UNSEEN, '\ufffd').trim();
}

/** How many columns a text takes where letters have one width. */
export function columnsOf(text: string): number {
  if (LETTERS.test(text)) return text.length;
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) columns += WIDE.test(segment) ? 2 : 1;
  return columns;
}

/** The beginning of a text in so many columns; where something is left out, it ends with `ellipsis`. */
export function shorten(text: string, most: number, ellipsis = '…'): string {
  // A grapheme has a few characters at most; a text may have millions.
  const start = inOneLine(text.slice(0, most * 20 + 100));
  if (LETTERS.test(start) && start.length > most)
    return most < ellipsis.length ? '' : `${start.slice(0, most - ellipsis.length).trimEnd()}${ellipsis}`;
  if (start.length <= most && columnsOf(start) <= most && text.length <= most * 20 + 100) return start;
  let columns = 0;
  let fitting = 0;
  for (const { segment, index } of graphemes.segment(start)) {
    columns += WIDE.test(segment) ? 2 : 1;
    if (columns > most) return most < ellipsis.length ? '' : `${start.slice(0, fitting).trimEnd()}${ellipsis}`;
    if (columns <= most - ellipsis.length) fitting = index + segment.length;
  }
  return start;
}
