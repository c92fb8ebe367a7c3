/** A block of code in a page, the heading that it stands under, and the line that it starts at. */
export interface Block {
  readonly language: string;
  readonly code: string;
  readonly heading: string;
  readonly line: number;
}

/** The blocks of a page of Markdown, in order. */
export function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => {
    const before = page.slice(0, match.index);
    const [, heading = ''] = [...before.matchAll(/^#+ (.*)$/gm)].at(-1) ?? [];
    return { language: match[1] ?? '', code: match[2] ?? '', heading, line: before.split('\n').length };
  });
}

/** What a block says that it prints: the comments `// → …`, in order. */
export function announcedBy(code: string): string[] {
  return [...code.matchAll(/\/\/ →(?: (.*))?$/gm)].map(([, line = '']) => line);
}

/** The files that a page links to, as it names them. */
export function linksOf(page: string): string[] {
  const targets = [...page.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => !/^https?:/.test(target));
}
