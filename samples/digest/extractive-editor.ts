import { from } from 'rxjs';
import { Message, miniagent } from 'miniagents';
import { candidatesOf, sayTheSame } from './extract.js';
import { luhnWeights } from './luhn.js';

const STATEMENTS = 7;
/** No document has more to say than this, so that the others are heard. */
const OF_EACH = 2;

/** A statement, how much weight it has among all of them, and where it is made. */
interface Statement {
  readonly sentence: string;
  readonly sources: Set<string>;
  weight: number;
}

/**
 * Merges summaries, without any model: of what several documents say in nearly the same words, one statement that names
 * them all and has the weight of all; the weightiest statements first. Streams them one by one.
 */
export const extractiveEditor = miniagent('extractive editor', async (ctx) => {
  const statements = merge(await statementsOf(await ctx.messages.text(), ctx.signal));
  const lines = weightiest(statements).map(({ sentence, sources }) => `- ${sentence} (${named(sources)})`);
  return Message.stream(from(lines.map((line, at) => (at > 0 ? `\n${line}` : line))), { role: 'assistant' });
});

function named(sources: ReadonlySet<string>): string {
  const [first, second, ...more] = sources;
  return more.length > 1 ? `${first}, ${second} and ${more.length} more` : [...sources].join(', ');
}

/** The sentences of all the summaries, each summary under a heading with its document's name, weighed together. */
async function statementsOf(summaries: string, signal: AbortSignal): Promise<Statement[]> {
  const sections = summaries.split(/^## (.*)$/m).slice(1);
  const sentences = sections.flatMap((text, at) =>
    at % 2 === 0 ? [] : candidatesOf(text).map((sentence) => ({ sentence, source: sections[at - 1] ?? '' })),
  );
  const texts = sentences.map(({ sentence }) => sentence);
  const weights = await luhnWeights(texts, signal);
  return sentences.map(({ sentence, source }, at) => ({
    sentence,
    sources: new Set([source]),
    weight: weights[at] ?? 0,
  }));
}

function weightiest(statements: readonly Statement[]): Statement[] {
  const counts = new Map<string, number>();
  const byWeight = [...statements].sort((one, other) => other.weight - one.weight);
  const chosen = byWeight.filter(({ sources }) => {
    const [source = ''] = sources;
    counts.set(source, (counts.get(source) ?? 0) + 1);
    return (counts.get(source) ?? 0) <= OF_EACH;
  });
  return chosen.slice(0, STATEMENTS);
}

function merge(statements: readonly Statement[]): Statement[] {
  const merged: Statement[] = [];
  for (const next of statements) {
    const same = merged.find(({ sentence }) => sayTheSame(sentence, next.sentence));
    if (!same) merged.push(next);
    for (const source of same ? next.sources : []) {
      if (same && !same.sources.has(source)) same.weight += next.weight;
      same?.sources.add(source);
    }
  }
  return merged;
}
