import fc from 'fast-check';

const isBlank = (line: string): boolean => /^[ \t\r]*$/.test(line);

/** What opens a code block in a line, if anything does. */
const fenceIn = (line: string): string | undefined =>
  /^(?:[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t])*(?:(`{3,})[^`]*$|(~{3,}))/.exec(line)?.slice(1).find(Boolean);

/** The paragraphs of a whole text, line by line: what the splitting of a text that comes in tokens is measured by. */
export function paragraphsOf(text: string): string[] {
  const paragraphs: string[][] = [];
  let fence: string | undefined;
  let open = false;
  for (const line of text.split('\n')) {
    const inside = fence !== undefined;
    if (!inside && isBlank(line)) {
      open = false;
      continue;
    }
    if (!open) paragraphs.push([]);
    open = true;
    paragraphs.at(-1)?.push(line);
    const found = fenceIn(line);
    if (!inside) fence = found;
    else if (found && fence && found.startsWith(fence) && line.trim() === found) fence = undefined;
  }
  return paragraphs.map((lines, index) => {
    const paragraph = lines.join('\n');
    const unclosed = fence !== undefined && index === paragraphs.length - 1;
    return unclosed ? paragraph : paragraph.replace(/\r+$/, '');
  });
}

/** Texts with all that matters: blank lines, blanks, line ends of both kinds, fences. */
export const markdown: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('\n', '\n', '\n\n', ' ', '\t', '\r\n', '\r', '    ') },
      { weight: 2, arbitrary: fc.constantFrom('a', 'word', 'é😀', '- ', '`', '``', '~') },
      { weight: 2, arbitrary: fc.constantFrom('```', '```\n', '\n```\n', '````\n', '~~~\n', '```js\n', '\n~~~\n') },
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

/** A text in tokens of such lengths, in turn; no character is split. */
export function tokensOf(text: string, lengths: readonly number[]): string[] {
  const tokens: string[] = [];
  const characters = [...text];
  for (let index = 0; characters.length > 0; index++) tokens.push(characters.splice(0, lengths[index] ?? 1).join(''));
  return tokens;
}
