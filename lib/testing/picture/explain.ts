import type { Cluster } from './clusters.js';
import { kindOf } from './kind-of.js';
import { wordsOf } from './said.js';
import type { Lane, Mark, Story } from './story.js';
import { formatTime } from './time-axis.js';
import { shorten } from './words.js';

const KINDS = { asked: 'was asked', reply: 'reply', error: 'error', cut: 'cancelled' };

/** What marks stand for, in a sentence: the first few of them. */
export function explain({ marks }: Cluster, most = 5): string {
  const told = marks.slice(0, most).map(explainMark);
  const rest = marks.length - told.length;
  return rest > 0 ? `${told.join('; ')}; and ${rest} more` : told.join('; ');
}

function explainMark(mark: Mark): string {
  const { at, first, message } = mark;
  const kind = kindOf(mark);
  const from = first || !message ? '' : kind === 'reply' ? `, passed on from ${message.home.agent}` : '';
  return `${formatTime(at)}, ${KINDS[kind]}${from}: ${shorten(wordsOf(mark), 200)}`;
}

/** What became of a run, in a sentence. */
export function explainLane({ agent, run, askedAt, startedAt, endedAt, end, error }: Lane): string {
  const started = startedAt === undefined ? 'not started' : `started at ${formatTime(startedAt)}`;
  const how = end === 'open' ? 'not ended' : `${end} at ${formatTime(endedAt ?? 0)}`;
  const why = error ? `: ${error.name}: ${error.message}` : '';
  return `${agent} (run ${shorten(run, 24)}): asked at ${formatTime(askedAt)}, ${started}, ${how}${why}`;
}

/** A whole run in a sentence: `5 runs of 3 agents, 12 messages, 340 tokens, 1 failed, in 1.2 s`. */
export function summarise({ lanes, messages, from, to }: Story): string {
  if (lanes.length === 0) return 'Nothing happened in this run.';
  const agents = new Set(lanes.map(({ agent }) => agent)).size;
  const tokens = messages.reduce((sum, { tokens: { length } }) => sum + length, 0);
  const ended = (how: Lane['end']) => lanes.filter(({ end }) => end === how).length;
  const parts = [
    `${count(lanes.length, 'run')} of ${count(agents, 'agent')}`,
    count(messages.length, 'message'),
    tokens > 0 ? count(tokens, 'token') : '',
    ended('failed') > 0 ? `${ended('failed')} failed` : '',
    ended('cancelled') > 0 ? `${ended('cancelled')} cancelled` : '',
    ended('open') > 0 ? `${ended('open')} not ended` : '',
    `in ${formatTime(to - from)}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
