import type { Task } from '../scope/call.js';
import type { Failure } from '../scope/failure.js';
import { Log } from './log.js';
import { isNested } from './message-type.js';
import type { Entry, Nested } from './message-type.js';
import { ENDED, LogReader } from './reader.js';
import type { Reader, Sign } from './reader.js';

/** What stands at one place: an entry, the lane of a source that is still coming, or another sequence. */
export type Place = Entry | Lane | Nested;

/** The places that one source fills, in order. It has one reader. */
export class Lane extends Log<Place> {}

/**
 * Reads a lane or a sequence in order: down into each lane and each sequence at its place, waiting there until it ends. What
 * is not on top only fills up meanwhile. The path down is a list, so no nesting overflows the stack.
 */
export class Walk implements Reader<Entry> {
  /** Why something in it ended quietly, if something did. */
  quiet: Failure | undefined;
  readonly #path: LogReader<Place>[] = [];

  constructor(
    place: Lane | Nested,
    private readonly task: Task,
  ) {
    this.#enter(place);
  }

  read(): Entry | Sign {
    for (let top = this.#path.at(-1); top; top = this.#path.at(-1)) {
      const place = top.read();
      if (place === ENDED) {
        this.#path.pop();
        top.close();
        const { failure, quiet } = top.log;
        if (failure && !quiet) return failure;
        this.quiet ??= failure;
      } else if (place instanceof Lane || isNested(place)) this.#enter(place);
      else return place;
    }
    return ENDED;
  }

  close(): void {
    for (const reader of this.#path) reader.close();
  }

  #enter(place: Lane | Nested): void {
    this.#path.push(new LogReader(place instanceof Lane ? place : place.log, this.task));
  }
}
