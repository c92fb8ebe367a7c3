import { luhnWeights } from './luhn.js';
import { proseOf } from './prose.js';
import { sentencesOf } from './sentences.js';
import { stopWords } from './stop-words.js';
import { wordsOf } from './words.js';

/** A sentence of a document, and how much it says of what the document is about. */
export interface Weighted {
  readonly sentence: string;
  readonly weight: number;
}

/** In characters: of a longer one, as data and what is encoded have them, the beginning is given. */
const LONGEST = 500;

/** Words that point at the sentence before. */
const POINTS_BACK =
  /^(and|but|or|so|yet|then|thus|hence|also|it|its|this|that|these|those|they|he|she|however|therefore)\b/i;

/** A statement that can be taken out of its place: no scrap of a list, no page without a full stop, no question, no aside. */
const isWhole = (sentence: string): boolean => {
  const length = sentence.replace(/`[^`]*`/g, '').split(/\s+/).length;
  const isStatement = /^[^(].*[.!…。！]["'”’»)\]」』]*$/u.test(sentence);
  return length >= 5 && length <= 50 && isStatement && !POINTS_BACK.test(sentence);
};

/** The sentences that can stand alone; where there are none, all there are. Of data without sentences, how each run of it begins. */
export function candidatesOf(document: string): string[] {
  const all = proseOf(document).flatMap(sentencesOf);
  const whole = all.filter(isWhole);
  return (whole.length > 0 ? whole : all).map(excerpt);
}

/** As much of it as one can take in, cut at a space where there is one. */
function excerpt(sentence: string): string {
  if (sentence.length <= LONGEST) return sentence;
  const cut = sentence.slice(0, LONGEST);
  const end = cut.lastIndexOf(' ');
  return `${cut.slice(0, end > LONGEST / 2 ? end : LONGEST).replace(/[\ud800-\udbff]$/, '')} …`;
}

/** The weightiest sentences, heaviest first, none saying what another, or one of those that are chosen already, says. */
export async function weightiest(
  sentences: readonly string[],
  howMany: number,
  signal: AbortSignal,
  already: readonly string[] = [],
): Promise<Weighted[]> {
  const weights = await luhnWeights(sentences, signal);
  const weighted = sentences.map((sentence, at) => ({ sentence, weight: weights[at] ?? 0 }));
  const chosen: Weighted[] = [];
  for (const next of weighted.sort((one, other) => other.weight - one.weight)) {
    if (chosen.length === howMany) break;
    const said = [...already, ...chosen.map(({ sentence }) => sentence)];
    if (!said.some((sentence) => sayTheSame(sentence, next.sentence))) chosen.push(next);
  }
  return chosen;
}

/** Whether two sentences are nearly one: most of the words that count in the shorter one are in the other too. */
export function sayTheSame(one: string, other: string): boolean {
  const [fewer, more] = [countingWords(one), countingWords(other)].sort((a, b) => a.size - b.size);
  if (!fewer || !more || more.size === 0) return one === other;
  const shared = [...fewer].filter((word) => more.has(word)).length;
  return shared / more.size >= 0.6;
}

const countingWords = (sentence: string): Set<string> =>
  new Set(wordsOf(sentence).filter((word) => !stopWords.has(word)));
