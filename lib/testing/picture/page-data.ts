import { Message } from '../../messages/message.js';
import type { MessageJSON } from '../../messages/message-json.js';
import type { Layout } from './layout.js';
import { kindOf } from './kind-of.js';
import { errorText, textOf } from './said.js';
import type { Mark, ToldMessage } from './story.js';
import { formatTime } from './time-axis.js';

/** What the page tells of a message: its text, and what else there is to it, by name. */
interface ToldOnPage {
  readonly text: string;
  readonly wrong?: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
}

/**
 * What the page's script tells of each marble, as JSON that cannot end the script that it stands in. `marbles` are, for each marble
 * of each lane in turn, what it stands for; a message, which many marbles may stand for, is there once.
 */
export function pageData({ lanes, story }: Layout): string {
  const numbers = new Map(story.messages.map((message, index) => [message, index]));
  const marbles = lanes.flatMap(({ lane, clusters }) =>
    clusters.map(({ marks }) => marks.map((mark) => tellMark(mark, lane.agent, numbers))),
  );
  const data = { messages: story.messages.map(tellMessage), marbles };
  return JSON.stringify(data).replace(/</g, '\\u003c');
}

function tellMark(mark: Mark, agent: string, numbers: ReadonlyMap<ToldMessage, number>): object {
  const { at, first, message, error } = mark;
  const does = {
    asked: 'was asked',
    reply: first ? 'replied' : 'passed on',
    error: first ? 'failed' : 'passed on an error',
    cut: first ? 'was cancelled' : 'passed on a cancellation',
  };
  return {
    title: `${agent} ${does[kindOf(mark)]}, ${formatTime(at)}`,
    ...(message && { message: numbers.get(message) }),
    ...(error && !message && { wrong: errorText(error) }),
  };
}

function tellMessage(message: ToldMessage): ToldOnPage {
  const { whole, error, at, endedAt, tokens, home, id } = message;
  const facts = whole ? factsOf(whole) : [];
  const came = endedAt === undefined ? 'not whole yet' : `${error ? 'broken' : 'whole'} at ${formatTime(endedAt)}`;
  return {
    text: textOf(message),
    ...(error && { wrong: errorText(error) }),
    facts: [
      ...facts,
      ['first seen', `${formatTime(at)}, in ${home.agent} (run ${home.run}), ${came}`],
      ...(tokens.length > 0 ? ([['tokens', tokens.length.toLocaleString('en')]] as const) : []),
      ['id', id],
      ...hashOf(whole),
    ],
  };
}

/** The fields of a message beside its text. */
function factsOf({ $type, text: _text, ...fields }: MessageJSON): (readonly [string, string])[] {
  const told = Object.entries(fields).map(
    ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
  return $type === 'Message' ? told : [['type', $type], ...told];
}

/** Its key, where its class is known here. */
function hashOf(whole: MessageJSON | undefined): (readonly [string, string])[] {
  try {
    return whole ? [['hash', Message.fromJSON(whole).hashKey]] : [];
  } catch {
    return [];
  }
}
