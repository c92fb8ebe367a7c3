import { MiniAgents } from 'miniagents';
import type { MiniAgentsEvent, MiniAgentsOptions } from 'miniagents';
import { Subject, takeUntil } from 'rxjs';
import type { Observable } from 'rxjs';
import { Grower } from './grow.js';
import { Probes } from './probes.js';
import type { Seen } from './reading.js';
import { errorLabel, tidy } from './tidy.js';
import { inVirtualTime } from './virtual-time.js';
import type { Clock } from './virtual-time.js';

/** What was seen so far by a reader, who can leave. */
export type Record = readonly Seen[] & { leave(): void };

/** What a reader does after each piece; even within the call in which he subscribed he can leave. */
export type Act = (nth: number, leave: () => void) => void;

/** Where a plan is played in virtual time: it grows what is planned, and writes down what is seen. */
export class Stage {
  readonly probes: Probes;
  readonly grower: Grower;
  readonly events: { readonly at: number; readonly event: MiniAgentsEvent }[] = [];
  /** Errors that nobody consumed. */
  readonly reported: string[] = [];
  readonly miniAgents: MiniAgents;
  #over = false;

  constructor(
    readonly clock: Clock,
    options: MiniAgentsOptions = {},
  ) {
    this.probes = new Probes(clock);
    this.grower = new Grower(this.probes);
    this.miniAgents = new MiniAgents({
      ...options,
      onUnhandledError: (error) => this.reported.push(errorLabel(error)),
    }).activate();
    this.miniAgents.events$.subscribe((event) => this.#over || this.events.push({ at: clock.now(), event }));
  }

  /** Writes down what somebody sees who subscribes now, until virtual time ends, and lets him act after each piece. */
  record<Piece>(source: Observable<Piece>, show: (piece: Piece) => string, act?: Act): Record {
    const seen: Seen[] = [];
    const leave$ = new Subject<void>();
    let left = false;
    const leave = () => {
      left = true;
      leave$.next();
    };
    const write = (what: () => string) => void (this.#over || left || seen.push([this.clock.now(), tidy(what())]));
    source.pipe(takeUntil(leave$)).subscribe({
      next: (piece) => {
        write(() => show(piece));
        if (!this.#over) act?.(seen.length, leave);
      },
      error: (error) => write(() => errorLabel(error)),
      complete: () => write(() => 'end'),
    });
    return Object.assign(seen, { leave });
  }

  /** Ends it: what comes now is not written down. Nothing may keep the MiniAgents from ending then. */
  async end(): Promise<void> {
    this.#over = this.probes.stopped = true;
    this.miniAgents.cancel();
    await this.miniAgents.finalize();
  }
}

/**
 * Plays something in virtual time until nothing happens any more; what is still going on then is cancelled.
 *
 * @param after - what is done between the two, in real time.
 */
export async function play<Result>(
  act: (stage: Stage) => Result,
  { after = async () => {}, ...options }: MiniAgentsOptions & { after?(result: Result): Promise<void> } = {},
): Promise<Result & { stage: Stage }> {
  const { stage, result } = inVirtualTime((clock) => {
    const own = new Stage(clock, options);
    return { stage: own, result: act(own) };
  });
  await after(result);
  await stage.end();
  return { ...result, stage };
}
