import { asapScheduler } from 'rxjs';
import { runIn } from '#ambient';
import { call } from '../scope/call.js';
import type { Failure } from '../scope/failure.js';
import type { Scope } from '../scope/scope.js';
import { errorAsMessage } from './errors-as-messages.js';
import { Feed } from './feed.js';
import { Log } from './log.js';
import { isEntry, isNested, readSent } from './message-type.js';
import type { Entry, Sent } from './message-type.js';
import { stopSafely, subscribeTo } from './subscribe-to.js';
import type { Sink, Stop } from './subscribe-to.js';
import { Lane } from './walk.js';
import type { Place } from './walk.js';

/** Who is told of what happens to a sequence that is made flat. */
export interface FlatteningListener {
  /** An entry came; those who read along get it next, so what happens inside is told of first. */
  onEntry?(entry: Entry, flattening: Flattening): void;
  onEnd?(): void;
}

/**
 * Makes one flat sequence of whatever is sent, in the order in which it was sent; what is sent out of order is merged in as
 * it arrives. Everything is subscribed to when it is sent, so all of it comes along at the same time.
 *
 * ```
 * send(--a--b|)          --a--b
 * send('c')                    c
 * sendOutOfOrder(-x|)    -x
 * log                    -xa--(bc)
 * ```
 */
export class Flattening {
  readonly log = new Log<Entry>();
  /** Whether errors become messages at their places. */
  errorsAsMessages = false;
  /** Feeds what is sent in order, from the first thing on that is no entry. */
  #ordered: Feed | undefined;
  #feeds = 1;
  #closed = false;
  #last: Failure | undefined;
  #stops: Set<Stop> | undefined;

  /** @param scope - where it happens: sources are subscribed to in there, and errors are its. */
  constructor(
    private readonly scope: Scope,
    private readonly listener: FlatteningListener = {},
  ) {}

  /** Whether nothing more can be sent. */
  get closed(): boolean {
    return this.#closed || this.log.ended;
  }

  /** Takes what was sent as it is now. @throws NotAMessageError */
  read(value: unknown): Sent[] {
    return readSent(value, this.scope);
  }

  /** Sends what was read, after all that was sent before; or a turn later, past what is not there yet. */
  send(sent: readonly Sent[], outOfOrder = false): void {
    if (outOfOrder) return this.#sendOutOfOrder(sent);
    for (const item of sent) {
      if (!this.#ordered && isEntry(item)) this.append(item);
      else this.#place(item, (this.#ordered ??= new Feed(this)));
    }
  }

  /** Nothing more will be sent: the sequence ends when all of it has come, with this error if there is one. */
  close(last?: Failure): void {
    if (this.closed) return;
    this.#last = last;
    this.#closed = true;
    if (this.#ordered) this.#ordered.close();
    else this.feedEnded();
  }

  /** Ends the sequence now and lets go of every source. */
  cut(failure: Failure, quiet: boolean): void {
    const { ended } = this.log;
    this.log.end(failure, quiet);
    for (const stop of this.#stops ?? []) this.#stop(stop);
    if (!ended) this.listener.onEnd?.();
  }

  /** @internal for {@link Feed} */
  append(entry: Entry): void {
    if (this.log.ended) return;
    const shown = this.errorsAsMessages ? errorAsMessage(entry) : entry;
    this.listener.onEntry?.(shown, this);
    this.log.append(shown);
  }

  /** @internal for {@link Feed} */
  feedEnded(): void {
    if (--this.#feeds > 0 || this.log.ended) return;
    if (this.#last) this.append(this.#last);
    this.log.end();
    this.listener.onEnd?.();
  }

  #sendOutOfOrder(sent: readonly Sent[]): void {
    const places: Place[] = [];
    for (const item of sent) this.#place(item, { add: (place) => places.push(place) });
    this.#feeds++;
    asapScheduler.schedule(() => {
      const feed = new Feed(this);
      for (const place of places) feed.add(place);
      feed.close();
    });
  }

  #place(item: Sent, to: { add(place: Place): void }): void {
    if (isEntry(item)) to.add(item);
    else if (isNested(item)) {
      item.begin();
      to.add(item);
    } else {
      const lane = new Lane();
      to.add(lane);
      call({ run: () => this.#subscribe(item, lane) });
    }
  }

  #subscribe(source: object, lane: Lane): void {
    if (this.log.ended) return;
    const stops = (this.#stops ??= new Set());
    let own: Stop | undefined;
    const sink = this.#sink(lane, () => own && stops.delete(own));
    const started = (stop: Stop) => stops.add((own = stop));
    runIn(this.scope, () => subscribeTo(source, sink, started), undefined);
  }

  #sink(lane: Lane, onEnd: () => void): Sink<unknown> {
    const fail = (error: unknown) => lane.append(this.scope.fail(error));
    const complete = () => {
      lane.end();
      onEnd();
    };
    return {
      complete,
      error: (error) => {
        fail(error);
        complete();
      },
      // Nobody is there to throw at: what is no message is an error at its place.
      next: (value) => {
        try {
          for (const item of this.read(value)) this.#place(item, lane);
        } catch (error) {
          fail(error);
        }
      },
    };
  }

  #stop(stop: Stop): void {
    this.#stops?.delete(stop);
    stopSafely(stop, (error) => this.scope.fail(error));
  }
}
