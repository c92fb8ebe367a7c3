import { from } from 'rxjs';
import { Message, miniagent } from 'miniagents';
import { candidatesOf, weightiest } from './extract.js';

/** So many sentences beside the one that the document opens with. */
const WEIGHTIEST = 2;

/**
 * Summarises a document in its own words, without any model: the sentence that it opens with, and those that say most of what
 * it is about, in the order in which they stand there. Streams them one by one.
 */
export const extractiveSummariser = miniagent('extractive summariser', async (ctx) => {
  const sentences = candidatesOf(await ctx.messages.text());
  const [opening] = sentences;
  if (!opening) throw new Error('there are no sentences in it');
  const others = await weightiest(sentences, WEIGHTIEST, ctx.signal, [opening]);
  const chosen = new Set([opening, ...others.map(({ sentence }) => sentence)]);
  const inOrder = [...new Set(sentences)].filter((sentence) => chosen.has(sentence));
  return Message.stream(from(inOrder.map((sentence, at) => (at > 0 ? ` ${sentence}` : sentence))), {
    role: 'assistant',
  });
});
