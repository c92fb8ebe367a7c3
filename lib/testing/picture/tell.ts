import type { RecordedError, RecordedEvent } from '../recording/recorded-event.js';
import { inCallOrder } from './in-call-order.js';
import { errorText } from './said.js';
import type { Lane, Mark, Story, ToldMessage } from './story.js';

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
type OpenMessage = Writable<ToldMessage> & { tokens: string[] };
type OpenLane = Writable<Lane> & { marks: Mark[]; said: number[]; heard: number[]; parent: OpenLane | undefined };

/** Tells the story of a run from what was recorded of it. */
export function tell(events: readonly RecordedEvent[]): Story {
  const teller = new Teller();
  for (const event of events) teller.take(event);
  return teller.story;
}

class Teller {
  readonly #lanes = new Map<string, OpenLane>();
  readonly #messages = new Map<string, OpenMessage>();
  /** The errors that were seen, and where: in lanes, and with that in those around them, which pass them on. */
  readonly #errors = new Map<string, Set<OpenLane>>();
  #from = Infinity;
  #to = -Infinity;

  take(event: RecordedEvent): void {
    this.#from = Math.min(this.#from, event.at);
    this.#to = Math.max(this.#to, event.at);
    if ('run' in event) this.#inLane(event);
    else this.#inMessage(event);
  }

  get story(): Story {
    const empty = this.#to < this.#from;
    return {
      lanes: inCallOrder([...this.#lanes.values()]),
      messages: [...this.#messages.values()],
      from: empty ? 0 : this.#from,
      to: empty ? 0 : this.#to,
    };
  }

  #inLane(event: Extract<RecordedEvent, { readonly run: string }>): void {
    if (event.type === 'inquired') return void this.#open(event.run, event.agent, event.at, event.parent);
    // A run that was under way when the recording began has no name here.
    const lane = this.#lanes.get(event.run) ?? this.#open(event.run, `run ${event.run}`, event.at);
    if (event.type === 'received' || event.type === 'replied') return this.#mark(lane, event);
    if (event.type === 'started') return void (lane.startedAt = event.at);
    if (event.type === 'receivedAll' || event.type === 'repliedAll') return;
    lane.end = event.type;
    lane.endedAt = event.at;
    if (event.type === 'failed') lane.error = event.error;
  }

  #open(run: string, agent: string, at: number, parentRun = run.slice(0, Math.max(0, run.lastIndexOf('.')))): OpenLane {
    const parent = this.#lanes.get(parentRun);
    const depth = parent ? parent.depth + 1 : 0;
    const lane: OpenLane = { run, agent, parent, depth, askedAt: at, end: 'open', marks: [], said: [], heard: [] };
    this.#lanes.set(run, lane);
    return lane;
  }

  #mark(lane: OpenLane, event: Extract<RecordedEvent, { readonly type: 'received' | 'replied' }>): void {
    const { at } = event;
    if ('error' in event) {
      const { error } = event;
      // What an agent is asked, it has from elsewhere.
      const first = event.type === 'replied' ? this.#isNewError(lane, error) : !this.#errors.has(errorText(error));
      return void lane.marks.push({ at, kind: 'error', first, error });
    }
    const known = this.#messages.get(event.message);
    const message = known ?? { id: event.message, home: lane, at, isAsked: event.type === 'received', tokens: [] };
    if (!known) this.#messages.set(event.message, message);
    lane.marks.push({ at, kind: event.type === 'received' ? 'asked' : 'reply', first: !known, message });
  }

  /** Whether an error is not one that came from an agent which this one asked. */
  #isNewError(lane: OpenLane, error: RecordedError): boolean {
    const key = errorText(error);
    const above = this.#errors.get(key) ?? new Set();
    this.#errors.set(key, above);
    if (above.has(lane)) return false;
    for (let outer: OpenLane | undefined = lane; outer && !above.has(outer); outer = outer.parent) above.add(outer);
    return true;
  }

  #inMessage(event: Extract<RecordedEvent, { readonly type: 'token' | 'resolved' | 'broken' }>): void {
    const message = this.#messages.get(event.message);
    if (!message) return;
    const home = message.home as OpenLane;
    if (event.type === 'token') {
      message.tokens.push(event.token);
      return void (message.isAsked ? home.heard : home.said).push(event.at);
    }
    message.endedAt = event.at;
    if (event.type === 'resolved') return void (message.whole = event.value);
    message.error = event.error;
    home.marks.push({
      at: event.at,
      kind: 'error',
      first: this.#isNewError(home, event.error),
      message,
      error: event.error,
    });
  }
}
