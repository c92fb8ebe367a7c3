import type { RecordedEvent } from './recorded-event.js';
import { readMessages } from './recorded-messages.js';
import type { RecordedMessage } from './recorded-messages.js';
import type { Asked, RecordedRun, Step } from './recorded-run.js';

type MessageEvent = Extract<RecordedEvent, { type: 'token' | 'resolved' | 'broken' }>;
type EntryEvent = Extract<RecordedEvent, { type: 'received' | 'replied' }>;

/** Tells the runs of a recording apart, in the order in which they were inquired. */
export function readRuns(events: readonly RecordedEvent[]): RecordedRun[] {
  const messages = readMessages(events);
  const runs = new Map<string, RunReader>();
  const starts = new Map(events.flatMap((event) => (event.type === 'started' ? [[event.run, event.at] as const] : [])));
  for (const [place, event] of events.entries()) {
    if (event.type === 'inquired')
      runs.set(event.run, new RunReader(event, starts.get(event.run) ?? Infinity, messages));
    else if ('run' in event) runs.get(event.run)?.take(event, place);
    else for (const run of messages.get(event.message)?.runs.keys() ?? []) runs.get(run)?.takeOfMessage(event, place);
  }
  return [...runs.values()].map(({ run }) => run);
}

/** Reads one run. */
class RunReader {
  readonly #asked: Asked[] = [];
  readonly #steps: Step[] = [];
  readonly #places: number[] = [];
  #place = 0;
  /** Where it received its messages, and which of these have come to their ends. */
  readonly #received = new Map<string, number[]>();
  readonly #ended = new Set<string>();
  #askedAll = false;
  #over = false;

  constructor(
    private readonly inquired: Extract<RecordedEvent, { type: 'inquired' }>,
    private readonly began: number,
    private readonly messages: ReadonlyMap<string, RecordedMessage>,
  ) {}

  get run(): RecordedRun {
    const { run: id, agent, params } = this.inquired;
    return {
      id,
      agent,
      params,
      asked: this.#asked,
      askedAll: this.#askedAll,
      steps: this.#steps,
      places: this.#places,
    };
  }

  take(event: Exclude<RecordedEvent, MessageEvent>, place: number): void {
    this.#place = place;
    if (event.type === 'received') this.#receive(event);
    else if (event.type === 'replied') this.#reply(event);
    else if (event.type !== 'inquired' && event.type !== 'started') {
      this.#askedAll ||= event.type === 'receivedAll';
      this.#add(event as Step);
      this.#over ||= event.type === 'finished' || event.type === 'failed' || event.type === 'cancelled';
    }
  }

  /** Takes what happened to a message that the run receives or replies, be it later. */
  takeOfMessage(event: MessageEvent, place: number): void {
    this.#place = place;
    const { message, type, at } = event;
    if (this.messages.get(message)?.runs.get(this.inquired.run) === 'replied') return this.#add(event);
    if (type === 'token') return;
    this.#ended.add(message);
    for (const index of this.#received.get(message) ?? []) this.#add({ at, type: 'whole', index });
  }

  #receive(event: EntryEvent): void {
    const { at } = event;
    const message = 'message' in event ? event.message : undefined;
    const end = 'error' in event ? { error: event.error } : this.messages.get(event.message)?.end;
    const index = this.#asked.push(end) - 1;
    this.#add({ at, type: 'arrived', index });
    if (message === undefined) return;
    this.#received.set(message, [...(this.#received.get(message) ?? []), index]);
    if (this.#ended.has(message)) this.#add({ at, type: 'whole', index });
  }

  #reply(event: EntryEvent): void {
    const { at } = event;
    if ('error' in event) return this.#add({ at, type: 'replied', error: event.error });
    const [index] = this.#received.get(event.message) ?? [];
    if (index !== undefined) return this.#add({ at, type: 'forwarded', index });
    const { draft, end } = this.messages.get(event.message) ?? {};
    const there = !draft && end && 'value' in end ? end.value : undefined;
    this.#add({ at, type: 'replied', message: event.message, ...(draft && { draft }), ...(there && { there }) });
  }

  #add(step: Step): void {
    if (this.#over) return;
    this.#steps.push({ ...step, at: Math.max(0, step.at - this.began) });
    this.#places.push(this.#place);
  }
}
