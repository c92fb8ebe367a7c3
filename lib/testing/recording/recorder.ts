import { asyncScheduler } from 'rxjs';
import { writeOut } from '../../messages/message-json.js';
import type { Message } from '../../messages/message.js';
import { recordableFields } from '../../messages/recordable.js';
import type { ErrorOrEnd, Interaction, MiniAgentsEvent } from '../../runtime/events.js';
import { isFailure } from '../../scope/failure.js';
import type { MessagePromise } from '../../streams/message-promise.js';
import { followTokens, isThere } from './follow-tokens.js';
import { recordedError } from './recorded-error.js';
import type { RecordedEvent } from './recorded-event.js';

/** An event before secrets are taken out of it, with messages that are not written out. */
export type RawEvent = Happened & { readonly at: number };

type Happened = WithMessages<RecordedEvent>;

type WithMessages<Event> = Event extends unknown
  ? {
      readonly [Field in keyof Event as Exclude<Field, 'at'>]: Field extends 'value' | 'draft' ? Message : Event[Field];
    }
  : never;

/** A run, by its id in the recording, with how many messages it received and replied. */
interface KnownRun {
  readonly id: string;
  received: number;
  replied: number;
}

/** Writes down what it is told of: the runs that were inquired from its beginning on. It consumes nothing and starts nothing. */
export class Recorder {
  readonly events: RawEvent[] = [];
  readonly #runs = new Map<string, KnownRun>();
  readonly #messages = new WeakMap<MessagePromise, string>();
  readonly #following = new Map<string, () => void>();
  #began: number | undefined;
  #roots = 0;
  #at = 0;

  take(event: MiniAgentsEvent): void {
    if (event.type === 'inquired') return this.#inquired(event.interaction, event.params);
    const run = this.#runs.get(event.interaction.id);
    // That of a message is written down where it happens, also for one that was told of before.
    if (!run || event.type === 'resolved') return;
    if (event.type === 'received' || event.type === 'replied') this.#entry(run, event.type, event.message);
    else if (event.type === 'failed') this.#write({ type: 'failed', run: run.id, error: recordedError(event.error) });
    else this.#write({ type: event.type, run: run.id });
  }

  takeErrorOrEnd({ interaction, type, failure }: ErrorOrEnd): void {
    const run = this.#runs.get(interaction.id)?.id;
    if (run === undefined) return;
    this.#write(failure ? { type, run, error: recordedError(failure.error) } : { type: `${type}All`, run });
  }

  /** Leaves every message that it still follows. */
  stop(): void {
    for (const leave of this.#following.values()) leave();
  }

  /** A run inside one that is not recorded is an outermost one here. */
  #inquired({ id, parent, agent }: Interaction, params: Readonly<Record<string, unknown>>): void {
    const around = parent === undefined ? undefined : this.#runs.get(parent)?.id;
    const run = around === undefined ? `${++this.#roots}` : `${around}${id.slice(id.lastIndexOf('.'))}`;
    this.#runs.set(id, { id: run, received: 0, replied: 0 });
    this.#write({
      type: 'inquired',
      run,
      ...(around !== undefined && { parent: around }),
      agent,
      params: writeOut(recordableFields(params)) as typeof params,
    });
  }

  #entry(run: KnownRun, type: 'received' | 'replied', promise: MessagePromise): void {
    const place = `${run.id}${type === 'received' ? '<' : '>'}${++run[type]}`;
    const message = this.#messages.get(promise) ?? place;
    const isNew = message === place;
    if (!isNew) return this.#write({ type, run: run.id, message });
    this.#messages.set(promise, message);
    const there = isThere(promise);
    this.#write({ type, run: run.id, message, ...(!there && { draft: promise.draft }) });
    if (there) this.#write({ type: 'resolved', message, value: promise.draft });
    else this.#follow(promise, message);
  }

  #follow(promise: MessagePromise, message: string): void {
    let ended = false;
    const leave = followTokens(promise, {
      token: (token) => this.#write({ type: 'token', message, token }),
      end: () => {
        ended = true;
        this.#following.delete(message);
        const whole = promise.settled();
        if (whole && isFailure(whole)) this.#write({ type: 'broken', message, error: recordedError(whole.error) });
        else if (whole) this.#write({ type: 'resolved', message, value: whole });
      },
    });
    if (!ended) this.#following.set(message, leave);
  }

  #write(event: Happened): void {
    const now = asyncScheduler.now();
    this.#began ??= now;
    this.#at = Math.max(this.#at, Math.floor(now - this.#began));
    this.events.push({ at: this.#at, ...event });
  }
}
