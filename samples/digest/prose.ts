const FRONT_MATTER = /^\s*(---|\+\+\+)\r?\n[\s\S]*?\n\1[ \t]*(\r?\n|$)/;
const FENCED_CODE = /^([ \t>]*)(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n(?:[\s\S]*?\n)?[ \t>]*\2[`~]*[ \t]*$/gm;
const UNCLOSED_FENCE = /^[ \t>]*(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n[\s\S]*$/m;
const HTML = /<!--(?:(?!<!--)[\s\S])*?-->|<(script|style|pre|svg)\b(?:(?!<\1\b)[\s\S])*?<\/\1\s*>|<\/?[a-z][^<>]*>/gi;
const HEADING_OVER_A_LINE = /^[^\n]+\n[ \t]*(=+|-+)[ \t]*$/gm;

/** Lines that are no prose: headings, table rows, rules, definitions of links. */
const NO_PROSE = /^\s*(#{1,6}(\s|$)|\||([-*_=]\s*){3,}$|\[[^\]]+\]:\s)|\s\|\s.*\s\|\s|^[\s|:-]*\|[\s|:-]*$/;
const LIST_ITEM = /^\s*([-*+•]|\d{1,3}[.)])\s+(\[[ xX]\]\s+)?/;
const QUOTE = /^\s*(>\s?)+/;

const INLINE: readonly (readonly [RegExp, string])[] = [
  [/!\[[^[\]]*\](\([^()]*\)|\[[^\]]*\])/g, ''], // images
  [/\[([^[\]]*)\](\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])/g, '$1'], // links keep their words
  [/\[\^[^\]]+\]|<?https?:\/\/[^\s<>)]+>?/g, ''], // footnote marks, bare addresses
  [/(\*\*|__|~~)(?=\S)(.{0,300}?\S)\1/g, '$2'],
  [/(?<![\w*])([*_])(?=\S)([^*_]{0,300}?\S)\1(?![\w*])/g, '$2'],
  [/&nbsp;/g, ' '],
  [/&lt;/g, '<'],
  [/&gt;/g, '>'],
  [/&amp;/g, '&'],
  [/ \(\s*\)| \[\s*\]/g, ''], // what is left of brackets around nothing
];

const CODE = /(`{1,2})(?!`)(?:.{0,300}?[^`])\1(?!`)/g;

/** A paragraph without the marks of Markdown, and with its `code` as it is. */
function inlineText(paragraph: string): string {
  const code: string[] = [];
  const kept = paragraph.replace(CODE, (span) => `\u0000${code.push(span) - 1}\u0000`);
  const text = INLINE.reduce((words, [mark, replacement]) => words.replace(mark, replacement), kept);
  return text.replace(/\0(\d+)\0/g, (_, index: number) => code[index] ?? '');
}

/**
 * The prose of a text or Markdown document, paragraph by paragraph, each on one line: without front matter, code, tables,
 * headings, HTML and the marks of Markdown. A list item is a paragraph of its own.
 */
export function proseOf(document: string): string[] {
  const lines = document
    .replace(/\r\n?/g, '\n')
    .replace(FRONT_MATTER, '')
    .replace(FENCED_CODE, '\n')
    .replace(UNCLOSED_FENCE, '\n')
    .replace(HTML, ' ')
    .replace(HEADING_OVER_A_LINE, '\n')
    .split('\n');
  const paragraphs: string[] = [''];
  for (const line of lines.map((quoted) => quoted.replace(QUOTE, ''))) {
    const isProse = line.trim() !== '' && !NO_PROSE.test(line);
    if (!isProse || LIST_ITEM.test(line)) paragraphs.push('');
    if (isProse) paragraphs.push(`${paragraphs.pop() ?? ''} ${line.replace(LIST_ITEM, '')}`);
  }
  return paragraphs.map((text) => inlineText(text).replace(/\s+/g, ' ').trim()).filter((text) => text !== '');
}
