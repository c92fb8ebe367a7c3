import type { Task } from '../scope/call.js';
import type { Failure } from '../scope/failure.js';
import { isEntry } from './message-type.js';
import type { Entry } from './message-type.js';
import { ENDED, WAITING } from './reader.js';
import { Walk } from './walk.js';
import type { Place } from './walk.js';

/** Where a feed puts what it feeds in. */
interface Flat {
  append(entry: Entry): void;
  endedQuietly(failure: Failure): void;
  feedEnded(feed: Feed): void;
}

/** Feeds what stands at a row of places into a flat sequence, each as its turn comes. */
export class Feed implements Task {
  closed = false;
  #places: Place[] = [];
  #next = 0;
  #inside: Walk | undefined;
  #busy = false;
  /** Whether all is fed in, or it was stopped. */
  #over = false;

  constructor(private readonly flat: Flat) {}

  /** More places, after the others. */
  appendAll(places: readonly Place[]): void {
    for (const place of places) this.#places.push(place);
    this.run();
  }

  /** There will be no more places. */
  close(): void {
    this.closed = true;
    this.run();
  }

  /** Lets go of what it reads, for good. */
  stop(): void {
    this.#busy = this.#over = true;
    this.#inside?.close();
  }

  run(): void {
    if (this.#busy) return;
    this.#busy = true;
    while (!this.#over && this.#read() && this.#take());
    this.#busy = this.#over;
  }

  /** Reads all that is there of the lane or sequence that it is inside of. Whether that has ended. */
  #read(): boolean {
    if (!this.#inside) return true;
    for (let value = this.#inside.read(); value !== ENDED; value = this.#inside.read()) {
      if (value === WAITING) return false;
      this.flat.append(value);
      if (this.#over) return false;
    }
    if (this.#inside.quiet) this.flat.endedQuietly(this.#inside.quiet);
    this.#inside = undefined;
    return true;
  }

  /** Takes the next place. Whether there was one. */
  #take(): boolean {
    const place = this.#places[this.#next++];
    if (place) {
      if (isEntry(place)) this.flat.append(place);
      else this.#inside = new Walk(place, this);
      return true;
    }
    this.#places = [];
    this.#next = 0;
    this.#over = this.closed;
    if (this.#over) this.flat.feedEnded(this);
    return false;
  }
}
