import MiniSearch from 'minisearch';
import { setTimeout } from 'node:timers/promises';
import { Message, miniagent, type MiniAgent } from 'miniagents';
import { documentsOf } from '../digest/documents.js';
import { stopWords } from '../digest/stop-words.js';
import { passagesOf, type Passage } from './passages.js';

const QUOTED = 3;

/**
 * An assistant without a model: it answers with what this repository's documents say, found by full-text search.
 *
 * @param pauseMs - how long it takes between words, in milliseconds, for those who read along.
 */
export function searchAssistant(pauseMs: number): MiniAgent {
  const passages = passagesOf(documentsOf([]));
  const index = new MiniSearch<Passage>({
    fields: ['heading', 'text'],
    processTerm: (term) => (isWord(term.toLowerCase()) ? singular(term.toLowerCase()) : null),
    searchOptions: {
      boost: { heading: 2 },
      prefix: (term) => term.length > 3,
      fuzzy: (term) => (term.length > 7 ? 0.3 : term.length > 4 ? 0.2 : 0),
    },
  });
  index.addAll(passages);
  return miniagent('search', async (ctx) => {
    const asked = await ctx.messages.resolve();
    const question = asked.findLast(({ role }) => role === 'user')?.text ?? '';
    const found = index.search(question).slice(0, QUOTED);
    const answer = answerOf(found.map(({ id }) => passages[id as number] as Passage));
    return Message.stream(words(answer, pauseMs, ctx.signal), { role: 'assistant', name: 'search' });
  });
}

function answerOf(found: readonly Passage[]): string {
  if (found.length === 0) return 'I find nothing about that in the documents of this repository.';
  return found
    .map(({ file, heading, text, code }, place) => {
      const quoted = place === 0 && code ? `${text}\n\n${code}` : text;
      return `${file}, "${heading}":\n\n${quoted}`;
    })
    .join('\n\n');
}

/** Whether it is worth to look for: no stop word, and nothing that only a machine would write. */
const isWord = (term: string): boolean => !stopWords.has(term) && term.length < 40;

const singular = (word: string): string => (word.length > 3 ? word.replace(/(?<=[^su])s$/, '') : word);

async function* words(text: string, pauseMs: number, signal: AbortSignal): AsyncGenerator<string> {
  for (const word of text.match(/\s*\S+/g) ?? []) {
    if (pauseMs > 0) await setTimeout(pauseMs, undefined, { signal });
    yield word;
  }
}
