import { readFileSync } from 'node:fs';
import type { Document } from '../digest/documents.js';

/** A piece of a document that can be quoted. */
export interface Passage {
  readonly id: number;
  readonly file: string;
  /** The headings that it stands under, outermost first. */
  readonly heading: string;
  readonly text: string;
  /** The code below it, if there is any. */
  code: string;
}

/** The paragraphs, lists and tables of Markdown documents, each with the code below it. */
export function passagesOf(documents: readonly Document[]): Passage[] {
  const passages: Passage[] = [];
  for (const { name, path } of documents) {
    const headings: string[] = [];
    let passage: Passage | undefined;
    for (const [block] of readFileSync(path, 'utf8').matchAll(BLOCK)) {
      const [, level, title] = /^(#+) +(.*)$/.exec(block) ?? [];
      if (level && title !== undefined) {
        headings.splice(level.length - 1, Infinity, title);
        passage = undefined;
      } else if (!block.startsWith('```')) {
        const heading = headings.slice(1).join(', ') || (headings[0] ?? '');
        passage = { id: passages.length, file: name, heading, text: block.trim(), code: '' };
        passages.push(passage);
      } else if (passage?.code === '') passage.code = block;
    }
  }
  return passages;
}

/** A block of code, a heading, or lines without a blank one between them. */
const BLOCK = /^```[^]*?^```$|^#+ .*$|(?:^(?!```|#+ ).*\S.*$\n?)+/gm;
