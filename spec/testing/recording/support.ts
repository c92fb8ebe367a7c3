import { Recording } from '../../../lib/testing/recording/recording.js';
import type { RecordedEvent } from '../../../lib/testing/recording/recorded-event.js';
import { readRuns } from '../../../lib/testing/recording/read-runs.js';
import type { RecordedRun } from '../../../lib/testing/recording/recorded-run.js';

type WithoutTime<Event> = Event extends unknown
  ? { [Field in keyof Event as Exclude<Field, 'at'>]: Event[Field] }
  : never;

/** A message of a text, as JSON. */
export const said = (text: string, fields: object = {}) => ({ $type: 'Message', text, ...fields });

/** Events, each some milliseconds after the first. */
export function events(...all: (WithoutTime<RecordedEvent> & { at?: number })[]): RecordedEvent[] {
  return all.map((event) => ({ at: 0, ...event }) as RecordedEvent);
}

/** What is recorded of an agent that is asked a text and replies one, token by token. */
export function conversation(run: string, question: string, ...tokens: string[]): RecordedEvent[] {
  return events(
    { type: 'inquired', run, agent: 'leaf', params: {} },
    { type: 'received', run, message: `${run}<1` },
    { type: 'resolved', message: `${run}<1`, value: said(question) },
    { type: 'receivedAll', run },
    { type: 'started', run },
    { type: 'replied', run, message: `${run}>1`, draft: said('') },
    { type: 'repliedAll', run },
    ...tokens.map((token, index) => ({ at: index + 1, type: 'token' as const, message: `${run}>1`, token })),
    { at: tokens.length, type: 'resolved', message: `${run}>1`, value: said(tokens.join('')) },
    { at: tokens.length, type: 'finished', run },
  );
}

export const textOf = (all: readonly RecordedEvent[]): string => String(new Recording(all));

/** The only run of a conversation. */
export const runOf = (all: readonly RecordedEvent[]): RecordedRun => readRuns(all)[0]!;
