import type { Wrong } from './event-fields.js';
import type { RecordedEvent } from './recorded-event.js';

const WAYS_TO_END = ['finished', 'failed', 'cancelled', 'resolved', 'broken'];

/** What has been named so far by the events of a recording, each of which may name only what is known and has not ended. */
export class References {
  readonly #runs = new Map<string, boolean>();
  readonly #messages = new Map<string, boolean>();

  /** Takes the next event. What is wrong with what it names, if anything is. */
  take(event: RecordedEvent): Wrong | undefined {
    if (event.type === 'inquired') return this.#inquired(event.run, event.parent);
    if (event.type === 'token' || event.type === 'resolved' || event.type === 'broken')
      return take('message', this.#messages, event.message, event.type);
    // What was on its way when a run was cancelled may come after that.
    if (!this.#runs.has(event.run)) return unknown('run', event.run);
    if ('message' in event && !this.#messages.has(event.message)) this.#messages.set(event.message, false);
    return WAYS_TO_END.includes(event.type) ? take('run', this.#runs, event.run, event.type) : undefined;
  }

  #inquired(run: string, parent: string | undefined): Wrong | undefined {
    const around = run.includes('.') ? run.slice(0, run.lastIndexOf('.')) : undefined;
    if (parent !== around) return { expected: `${JSON.stringify(around)} as the parent of run ${run}`, value: parent };
    if (parent !== undefined && !this.#runs.has(parent)) return unknown('run', parent);
    if (this.#runs.has(run)) return { expected: 'a run that was not inquired before', value: run };
    this.#runs.set(run, false);
    return undefined;
  }
}

function take(what: string, known: Map<string, boolean>, id: string, type: string): Wrong | undefined {
  if (!known.has(id)) return unknown(what, id);
  if (known.get(id)) return { expected: `nothing more of ${what} ${id}, which has ended`, value: type };
  if (WAYS_TO_END.includes(type)) known.set(id, true);
  return undefined;
}

function unknown(what: string, id: string): Wrong {
  return { expected: `a ${what} that an earlier line tells of`, value: id };
}
