import { stopWords } from './stop-words.js';
import { notionsOf, wordsOf } from './words.js';

/** So many insignificant words may stand between two significant ones of the same cluster. */
const GAP = 4;

/**
 * How much each sentence says of what all of them are about: H. P. Luhn, "The Automatic Creation of Literature Abstracts"
 * (IBM Journal, April 1958). Words that come often, and are no stop words, are significant. A sentence weighs as much as its
 * densest cluster of them: the square of the significant words in it, divided by all the words it spans.
 */
export function luhnWeights(sentences: readonly string[]): number[] {
  const words = sentences.map(wordsOf);
  const notions = notionsOf(words.flat().filter((word) => word.length > 2 && !stopWords.has(word)));
  const spoken = words.map((sentence) => sentence.map((word) => notions.get(word)));
  const significant = significantOf(spoken.flat().filter((notion) => notion !== undefined));
  return spoken.map((sentence) => densestCluster(sentence.map((notion) => significant.has(notion ?? ''))));
}

/** What comes more than once, and more often than words do on average. */
function significantOf(notions: readonly string[]): Set<string> {
  const counts = new Map<string, number>();
  for (const notion of notions) counts.set(notion, (counts.get(notion) ?? 0) + 1);
  const average = notions.length / counts.size;
  return new Set([...counts].filter(([, count]) => count > 1 && count > average).map(([notion]) => notion));
}

function densestCluster(isSignificant: readonly boolean[]): number {
  let [best, first, last, count] = [0, 0, -Infinity, 0];
  for (const [at, significant] of isSignificant.entries()) {
    if (!significant) continue;
    if (at - last > GAP + 1) [first, count] = [at, 0];
    [last, count] = [at, count + 1];
    best = Math.max(best, count ** 2 / (last - first + 1));
  }
  return best;
}
