import { runIn } from '#ambient';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { callSoon } from '../scope/call-soon.js';
import { call } from '../scope/call.js';
import type { Task } from '../scope/call.js';
import type { Failure } from '../scope/failure.js';
import type { Scope } from '../scope/scope.js';
import { errorAsMessage } from './errors-as-messages.js';
import { Feed } from './feed.js';
import { Log } from './log.js';
import { isEntry, isNested, readSent } from './message-type.js';
import type { Entry, Sent } from './message-type.js';
import { hushRejections, stopSafely, subscribeTo } from './subscribe-to.js';
import type { Sink, Stop } from './subscribe-to.js';
import { Lane } from './walk.js';
import type { Place } from './walk.js';

/** Who is told of what happens to a sequence that is made flat. */
export interface FlatteningListener {
  /** An entry came; those who read along get it next, so what happens inside is told of first. */
  onEntry?(entry: Entry, flattening: Flattening): void;
  /** All has come; those who read along hear of the end next. */
  onEnding?(flattening: Flattening): void;
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
  #outOfOrder: Set<Feed | undefined> | undefined;
  #orderedEnded = false;
  #closed = false;
  #last: Failure | undefined;
  /** Why a sequence in this one ended quietly: this one ends so, too. */
  #quiet: Failure | undefined;
  #stops: Set<Stop> | undefined;

  /** @param scope - where it happens: sources are subscribed to in there, and errors are its. */
  constructor(
    public scope: Scope,
    private readonly listener: FlatteningListener = {},
  ) {}

  /** Whether nothing more can be sent. */
  get closed(): boolean {
    return this.#closed || this.log.ended;
  }

  /** Takes what was sent as it is now. @throws NotAMessageError, InvalidArgumentError for this sequence itself. */
  read(value: unknown): Sent[] {
    const sent = readSent(value, this.scope);
    if (sent.some((item) => isNested(item) && item.log === this.log))
      throw new InvalidArgumentError('another sequence than the one it is sent into', value);
    return sent;
  }

  /** Sends what was read, after all that was sent before; or a turn later, past what is not there yet. */
  send(sent: readonly Sent[], outOfOrder = false): void {
    if (outOfOrder) this.#sendOutOfOrder(sent);
    else if (this.#ordered || !sent.every(isEntry)) this.#place(sent, (this.#ordered ??= new Feed(this)), runAtOnce);
    else if (!this.log.ended) this.log.appendAll(sent.map((entry) => this.#show(entry)));
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
    for (const feed of [this.#ordered, ...(this.#outOfOrder ?? [])]) feed?.stop();
    if (!ended) this.listener.onEnd?.();
  }

  /** @internal for {@link Feed} */
  append(entry: Entry): void {
    if (!this.log.ended) this.log.append(this.#show(entry));
  }

  /** @internal for {@link Feed} */
  endedQuietly(failure: Failure): void {
    this.#quiet ??= failure;
  }

  /** @internal for {@link Feed} */
  feedEnded(feed = this.#ordered): void {
    if (feed === this.#ordered) this.#orderedEnded = true;
    else this.#outOfOrder?.delete(feed);
    if (!this.#orderedEnded || this.#outOfOrder?.size || this.log.ended) return;
    if (this.#last) this.append(this.#last);
    this.listener.onEnding?.(this);
    if (this.#quiet) this.log.endQuietly(this.#quiet);
    else this.log.end();
    this.listener.onEnd?.();
  }

  /** An entry as readers get it. */
  #show(entry: Entry): Entry {
    const shown = this.errorsAsMessages ? errorAsMessage(entry) : entry;
    this.listener.onEntry?.(shown, this);
    return shown;
  }

  #sendOutOfOrder(sent: readonly Sent[]): void {
    const feed = new Feed(this);
    const places = new Lane();
    this.#place(sent, places, runAtOnce);
    (this.#outOfOrder ??= new Set()).add(feed);
    const feedIn = () => {
      feed.appendAll(places.entries);
      feed.close();
    };
    callSoon({ run: feedIn });
  }

  /**
   * Gives what was sent its places, all at once: whoever reads may write. Then it is begun: at once, for a hot source is not
   * heard before, but where a source has sent it, whose sources may be deep in each other.
   */
  #place(sent: readonly Sent[], row: { appendAll(places: readonly Place[]): void }, perform = call): void {
    const places = sent.map((item): Place => (isEntry(item) || isNested(item) ? item : new Lane()));
    row.appendAll(places);
    for (const [index, item] of sent.entries()) {
      if (isEntry(item)) continue;
      if (isNested(item)) call({ run: () => item.begin() });
      else perform({ run: () => this.#subscribe(item, places[index] as Lane) });
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
    const end = () => {
      lane.end();
      onEnd();
    };
    // What comes while all of it is being cancelled is too late, and an end is none: the sequence is about to be cut.
    const isLate = () => this.scope.cancellation !== undefined;
    return {
      complete: () => isLate() || call({ run: end }),
      error: (error) => {
        if (isLate()) return;
        const failAndEnd = () => {
          fail(error);
          end();
        };
        call({ run: failAndEnd });
      },
      // Nobody is there to throw at: what is no message is an error at its place.
      next: (value) => {
        if (isLate()) return hushRejections(value);
        try {
          this.#place(this.read(value), lane);
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

function runAtOnce(task: Task): void {
  task.run();
}
