import type { Wrong } from './event-fields.js';
import type { RecordedEvent } from './recorded-event.js';
import { RunOrder } from './run-order.js';
import type { RunEvent } from './run-order.js';

type MessageEntry = Extract<RunEvent, { message: string }>;

/** A run that was inquired: how far it has come, and the messages that were seen first among its replies. */
interface KnownRun {
  readonly order: RunOrder;
  readonly replies: Set<string>;
}

/** What has been named so far by the events of a recording, each of which may name only what is known and has not ended. */
export class References {
  readonly #runs = new Map<string, KnownRun>();
  /** Whether each message has ended. */
  readonly #messages = new Map<string, boolean>();
  #at = 0;

  /** Takes the next event. What is wrong with when it is and what it names, if anything is. */
  take(event: RecordedEvent): Wrong | undefined {
    if (event.at < this.#at)
      return { expected: `no time before ${this.#at}, that of the line before`, value: event.at };
    this.#at = event.at;
    if (event.type === 'inquired') return this.#inquired(event.run, event.parent);
    if (event.type === 'token' || event.type === 'resolved' || event.type === 'broken')
      return this.#ofMessage(event.message, event.type);
    const run = this.#runs.get(event.run);
    if (!run) return unknown('run', event.run);
    return run.order.take(event.type) ?? ('message' in event ? this.#entry(run, event) : this.#stillOpen(run, event));
  }

  #inquired(run: string, parent: string | undefined): Wrong | undefined {
    const around = run.includes('.') ? run.slice(0, run.lastIndexOf('.')) : undefined;
    if (parent !== around) return { expected: `${JSON.stringify(around)} as the parent of run ${run}`, value: parent };
    if (parent !== undefined && !this.#runs.has(parent)) return unknown('run', parent);
    if (this.#runs.has(run)) return { expected: 'a run that was not inquired before', value: run };
    this.#runs.set(run, { order: new RunOrder(run), replies: new Set() });
    return undefined;
  }

  /** What was on its way when a run was cancelled may come after that. */
  #ofMessage(message: string, type: string): Wrong | undefined {
    const ended = this.#messages.get(message);
    if (ended === undefined) return unknown('message', message);
    if (ended) return { expected: `nothing more of message ${message}, which has ended`, value: type };
    if (type !== 'token') this.#messages.set(message, true);
    return undefined;
  }

  /** A message is named after the place where it is seen first, and described there; it may come again anywhere. */
  #entry(run: KnownRun, { type, message, draft }: MessageEntry): Wrong | undefined {
    const place = run.order.place(type);
    const known = this.#messages.has(message);
    if (known && draft) return { expected: `no draft of message ${message}, which is known already`, value: draft };
    if (!known && message !== place)
      return { expected: `message ${place}, or one that an earlier line tells of`, value: message };
    if (!known) this.#messages.set(message, false);
    if (!known && type === 'replied') run.replies.add(message);
    return undefined;
  }

  /** A run is over by itself when its own replies are whole or broken; of what it passed on, the end may come just after. */
  #stillOpen({ replies }: KnownRun, { type, run }: RunEvent): Wrong | undefined {
    if (type !== 'finished' && type !== 'failed') return undefined;
    const open = [...replies].find((message) => !this.#messages.get(message));
    return open === undefined
      ? undefined
      : { expected: `the end of message ${open} before that of run ${run}`, value: type };
  }
}

function unknown(what: string, id: string): Wrong {
  return { expected: `a ${what} that an earlier line tells of`, value: id };
}
