import { inTurns } from './in-turns.js';
import { stopWords } from './stop-words.js';
import { notionsOf, wordsOf } from './words.js';

/** So many insignificant words may stand between two significant ones of the same cluster. */
const GAP = 4;

/**
 * How much each sentence says of what all of them are about: H. P. Luhn, "The Automatic Creation of Literature Abstracts"
 * (IBM Journal, April 1958). Words that come often, and are no stop words, are significant. A sentence weighs as much as its
 * densest cluster of them: the square of the significant words in it, divided by all the words it spans.
 *
 * @throws AbortError once the signal is aborted.
 */
export async function luhnWeights(sentences: readonly string[], signal: AbortSignal): Promise<number[]> {
  const words = await inTurns(sentences, wordsOf, signal);
  const notions = notionsOf(words.flat().filter((word) => word.length > 2 && !stopWords.has(word)));
  const spoken = await inTurns(words, (sentence) => sentence.map((word) => notions.get(word)), signal);
  const significant = significantOf(spoken.flat().filter((notion) => notion !== undefined));
  const marked = (sentence: readonly (string | undefined)[]) => sentence.map((notion) => significant.has(notion ?? ''));
  return inTurns(spoken, (sentence) => densestCluster(marked(sentence)), signal);
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
