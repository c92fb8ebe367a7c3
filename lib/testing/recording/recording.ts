import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import { lineOf } from './event-fields.js';
import { parseEvents, VERSION } from './parse-recording.js';
import type { RecordedEvent } from './recorded-event.js';

/**
 * A run, written down: what happened in it, in the order in which it did. As text it is a header and one line of JSON for each
 * event, which reads well in a diff; {@link Recording.parse} reads that again.
 *
 * @example
 * ```ts
 * const recording = record(miniAgents);
 * await miniAgents.run(() => agent.inquire('question'));
 * Recording.parse(String(recording)).events; // the same events
 * ```
 */
export class Recording {
  readonly #events: readonly RecordedEvent[];

  constructor(events: readonly RecordedEvent[] = []) {
    this.#events = events;
  }

  /** What happened so far. */
  get events(): readonly RecordedEvent[] {
    return this.#events;
  }

  /** The text: `{"recording":1}`, and then a line for each event. */
  toString(): string {
    return [`{"recording":${VERSION}}`, ...this.events.map(lineOf), ''].join('\n');
  }

  /**
   * Reads a recording's text. The classes of its messages need not be defined for that.
   *
   * @param name - what the text is, for errors: its file.
   * @throws RecordingError naming the line, what should be there and what is: for a newer version, a text that was cut off, a
   * line that is no event, a run or a message that no earlier line tells of, events in an order in which none happen.
   * InvalidArgumentError if it is no text.
   */
  static parse(text: string, name?: string): Recording {
    if (typeof text !== 'string') throw new InvalidArgumentError('the text of a recording', text);
    return new Recording(parseEvents(text, name));
  }
}
