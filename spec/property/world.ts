import type { Log, Order } from './said.js';

/** What a run of an agent, or the time outside of any, means to what was started inside. */
export interface Inside {
  /** When it is cancelled, with all that is inside. */
  readonly limit: number;
  readonly quiet: boolean;
  /** Whether that is because its subscriber was told of an error. */
  readonly told?: boolean;
}

/** What becomes of a run. */
export interface RunRecord {
  readonly from: number;
  readonly over: number;
  readonly how: 'finished' | 'failed' | 'cancelled';
}

/** What is done to a tree from outside. */
export interface Doings {
  /** What was seen, in order, by somebody who saw all of it. */
  readonly seen: readonly string[];
  /** When the root is begun. */
  readonly from?: number;
  /** When an inquiry is cancelled: that of the part with this number. */
  readonly cancel?: { readonly id: number; readonly at: number } | undefined;
  /** When subscribers leave from outside. */
  readonly leave?: readonly number[] | undefined;
}

/** What happens beside the messages: what is subscribed to and let go, what runs are there, what they wait for. */
export class World {
  readonly visits = new Map<number, { readonly from: number; readonly to: number }>();
  readonly runs = new Map<number, RunRecord>();
  /** Whether something is stopped in the very frame in which it would go on: it may have done so, or not. */
  unsureOfEnds = false;
  /** Whether two things arrived in one frame that nobody saw: their order is anybody's guess. */
  unsureOfOrder = false;
  /** Errors that happened, and those of them that were turned into messages inside. */
  readonly errors = new Set<string>();
  readonly turned = new Set<string>();
  readonly #ends = new Map<Inside, number>();

  /** What is not inside any agent. */
  readonly outside: Inside;

  constructor(
    readonly doings: Doings,
    outside: Inside = { limit: Infinity, quiet: false },
  ) {
    this.outside = outside;
  }

  /** Whether nothing comes to its end by itself in this frame: somebody stops something from outside. */
  isStop(frame: number): boolean {
    const { cancel, leave = [] } = this.doings;
    return cancel?.at === frame || leave.includes(frame);
  }

  visit(id: number, from: number, to: number): void {
    this.visits.set(id, { from, to });
  }

  /** A world where something can be tried out. */
  another(): World {
    return new World(this.doings, this.outside);
  }

  /** Which of two things that arrive in one frame was seen first. */
  readonly order: Order = (one, other) => {
    const [first = -1, second = -1] = [one, other].map(({ message, error = '' }) =>
      this.doings.seen.indexOf(untold(message?.label ?? error)),
    );
    // What was not seen came later than what was. Of two that were not, nobody knows.
    if (first === second) this.unsureOfOrder = true;
    return (first < 0 ? Infinity : first) < (second < 0 ? Infinity : second) ? -1 : 1;
  };

  /** Whether anything but the run of this part starts in a certain frame. */
  startsAt(frame: number, except: number): boolean {
    return [...this.visits, ...this.runs].some(([id, { from }]) => from === frame && id !== except);
  }

  /** How many things that are subscribed to end in a certain frame. */
  endingAt(frame: number): number {
    return [...this.visits.values()].filter(({ to }) => to === frame).length;
  }

  /** An error happens then, if nothing stops it before. */
  fails(error: string | undefined, at: number, limit: number): void {
    if (error !== undefined && at < Infinity && at <= limit) this.errors.add(error);
  }

  turn({ arrivals }: Log, limit: number): void {
    for (const { at, error, message } of arrivals) {
      const own = error ?? (message?.quiet ? undefined : message?.error);
      if (own !== undefined && Math.max(at, message?.end ?? 0) <= limit) this.turned.add(own);
    }
  }

  runsFrom(frame: number): boolean {
    return [...this.runs.values()].some(({ from }) => from === frame);
  }

  /** Whether a run starts or is over in a certain frame. */
  runsAt(frame: number): boolean {
    return [...this.runs.values()].some(({ from, over }) => from === frame || over === frame);
  }

  absorb(other: World): void {
    for (const [id, { from, to }] of other.visits) this.visit(id, from, to);
    for (const [id, run] of other.runs) this.runs.set(id, run);
    for (const [owner, end] of other.#ends) this.own(owner, end);
    for (const error of other.errors) this.errors.add(error);
    for (const error of other.turned) this.turned.add(error);
    this.unsureOfEnds ||= other.unsureOfEnds;
    this.unsureOfOrder ||= other.unsureOfOrder;
  }

  /** Something inside goes on until then; or it is cancelled before, with its owner or alone. */
  own(owner: Inside, end: number, limit = Infinity): void {
    const until = end <= limit ? end : limit < owner.limit ? limit : Infinity;
    this.#ends.set(owner, Math.max(until, this.endOf(owner)));
  }

  endOf(owner: Inside): number {
    return this.#ends.get(owner) ?? 0;
  }
}

/** A label without the marks of those who retold it. */
const untold = (label: string): string => label.replaceAll('^', '');
