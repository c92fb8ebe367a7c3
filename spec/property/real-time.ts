import type { MessagePromise, MessageSequence } from 'miniagents';
import { labelOf } from './grow.js';
import { textsOf } from './readers.js';
import { oneByOne, plain, tokensOf, wholeOfAll } from './reading.js';
import { textOf } from './said.js';
import type { Log } from './said.js';
import { errorLabel, tidy } from './tidy.js';

/** All that can be read of a sequence with `for await` and promises. */
export interface ReadWithPromises {
  /** Each message with its tokens, then the end. */
  readonly messages: readonly string[];
  /** The tokens of one message after the other, then the end. */
  readonly tokens: readonly string[];
  readonly whole: string;
  readonly text: string;
}

/** Reads a sequence in every such way at once. */
export async function readWithPromises(sequence: MessageSequence): Promise<ReadWithPromises> {
  const [messages, tokens, whole, text] = await Promise.all([
    collect(sequence, showMessage),
    collect(tokensOneByOne(sequence), async (token) => token),
    sequence.resolve().then(textsOf, errorLabel),
    sequence.text().catch(errorLabel),
  ]);
  return { messages, tokens, whole: tidy(whole), text: tidy(text) };
}

/** What the model says of it. */
export function foretoldWithPromises(log: Log): ReadWithPromises {
  const { arrivals, error = 'end' } = plain(log);
  const [[, whole = ''] = []] = wholeOfAll(log);
  const failed = wholeOfAll(log).at(-1)?.[1] !== 'end';
  return {
    messages: [
      ...arrivals.map(({ message }) => `${message.label}: ${[textOf(message), message.error ?? 'end'].join('')}`),
      error,
    ],
    tokens: oneByOne(log, tokensOf).map(([, token]) => token),
    whole,
    text: failed ? whole : arrivals.map(({ message }) => textOf(message)).join('\n\n'),
  };
}

async function showMessage(message: MessagePromise): Promise<string> {
  return `${labelOf(message)}: ${(await collect(message, async (token) => token)).join('')}`;
}

async function* tokensOneByOne(sequence: MessageSequence): AsyncGenerator<string> {
  for await (const message of sequence) yield* message;
}

/** Reads to the end or to the error, which is the last that it gives. */
async function collect<Piece>(
  source: AsyncIterable<Piece>,
  show: (piece: Piece) => Promise<string>,
): Promise<string[]> {
  const seen: string[] = [];
  try {
    for await (const piece of source) seen.push(tidy(await show(piece)));
    return [...seen, 'end'];
  } catch (error) {
    return [...seen, errorLabel(error)];
  }
}
