import type { Unsubscribable } from 'rxjs';
import type { RecordedEvent } from './recorded-event.js';
import type { RawEvent } from './recorder.js';
import { Recording } from './recording.js';
import { redactEvents } from './redact-events.js';
import type { Redaction } from './redaction.js';

/** A recording that grows, made by {@link record}. */
export class LiveRecording extends Recording {
  readonly #raw: readonly RawEvent[];
  readonly #redaction: Redaction;
  readonly #subscription: Unsubscribable;
  #shown: readonly RecordedEvent[] = [];

  /** @internal */
  constructor(raw: readonly RawEvent[], redaction: Redaction, subscription: Unsubscribable) {
    super();
    this.#raw = raw;
    this.#redaction = redaction;
    this.#subscription = subscription;
  }

  /** What happened so far, without secrets: an array of its own whenever something has come. @throws what a rule of `redact` throws */
  override get events(): readonly RecordedEvent[] {
    if (this.#shown.length !== this.#raw.length) this.#shown = redactEvents(this.#raw, this.#redaction);
    return this.#shown;
  }

  /** Ends it: what comes now, and what is still being said, is not in it any more. It can be read as before, and ended again. */
  stop(): this {
    this.#subscription.unsubscribe();
    return this;
  }
}
