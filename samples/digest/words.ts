import { stopWords } from './stop-words.js';

/** A word, or a piece of `code`, which is one however long it is. */
const WORD = /`([^`]*)`|\p{L}[\p{L}\p{N}]*(?:['’-][\p{L}\p{N}]+)*/gu;

/** Every word of a sentence, in lower case and in the singular, as far as an `s` shows it. */
export const wordsOf = (sentence: string): string[] =>
  [...sentence.toLowerCase().replaceAll('’', "'").matchAll(WORD)].map(
    ([word, code]) => code ?? (word.length > 3 && !stopWords.has(word) ? word.replace(/'s$|(?<=[^su])s$/, '') : word),
  );

/**
 * One name for all the words of one notion, as Luhn found them: in the alphabet, a word belongs with the one before it when
 * what differs at their ends is short (`cancel`, `cancelled`, `cancellation`). No dictionary, and right often enough.
 */
export function notionsOf(words: Iterable<string>): Map<string, string> {
  const notions = new Map<string, string>();
  let head = '';
  for (const word of [...new Set(words)].sort()) {
    if (!isSameNotion(head, word)) head = word;
    notions.set(word, head);
  }
  return notions;
}

function isSameNotion(head: string, word: string): boolean {
  let common = 0;
  while (common < head.length && head[common] === word[common]) common++;
  const differing = head.length + word.length - 2 * common;
  return common >= Math.max(4, head.length - 1) && differing <= 6;
}
