import { asapScheduler } from 'rxjs';
import type { SchedulerAction, Subscription } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { RunHelpers } from 'rxjs/testing';
import { LifecycleError } from '../errors/lifecycle-error.js';
import { setCallsAside } from '../scope/call-soon.js';
import { EndlessTimeError } from './endless-time-error.js';
import { Unfinished } from './unfinished.js';

/** What RxJS throws where something that was due has been called off in the same frame: then there is nothing to do. */
const NOTHING_DUE = 'Expected a due immediate or interval';

/** So many things may happen in one frame, and in all, before it is said that there is no end to them. */
const MOST_ACTIONS_IN_A_FRAME = 250_000;
const MOST_ACTIONS = 1_000_000;

/** RxJS's virtual time, without its traps: it comes to an end, and leaves the schedulers as they were. */
export class VirtualTime extends TestScheduler {
  static #plays = false;
  readonly #unfinished = new Unfinished();
  #actions = 0;
  /** How many of them there were before the frame in which the last one was. */
  #before = 0;
  #counted = 0;

  /** @param limit - how many frames may pass at most. */
  constructor(private readonly limit: number) {
    super(() => {});
  }

  override schedule<State>(
    work: (this: SchedulerAction<State>, state?: State) => void,
    delay = 0,
    state?: State,
  ): Subscription {
    const counted = (): void => this.#count();
    const perform = function (this: SchedulerAction<State>, given?: State): void {
      counted();
      try {
        work.call(this, given);
      } catch (error) {
        if (!(error instanceof Error && error.message === NOTHING_DUE)) throw error;
      }
    };
    return super.schedule(perform, delay, state);
  }

  override flush(): void {
    this.maxFrames = this.limit;
    super.flush();
    if (this.actions.length > 0)
      throw new EndlessTimeError(`after ${this.limit} frames there was still more to come`, this.#unfinished.names);
  }

  /** Calls `work` and lets all time pass. What `work` throws is thrown when it has, also where time does not end. @throws LifecycleError inside another */
  play<Result>(work: (time: this, helpers: RunHelpers) => Result): Result {
    if (VirtualTime.#plays) throw new LifecycleError('marbles runs already: there is one virtual time');
    const putBack = [takeAsap(), setCallsAside()];
    const thrown: unknown[] = [];
    VirtualTime.#plays = true;
    const result = attempt(() => this.run((helpers) => attempt(() => work(this, helpers), thrown)), thrown);
    VirtualTime.#plays = false;
    for (const put of putBack) put();
    if (thrown.length > 0) throw thrown[0];
    return result as Result;
  }

  #count(): void {
    this.#actions++;
    if (this.frame > this.#counted) this.#before = this.#actions;
    this.#counted = this.frame;
    if (this.#actions - this.#before > MOST_ACTIONS_IN_A_FRAME || this.#actions > MOST_ACTIONS)
      throw new EndlessTimeError(
        `in frame ${this.frame}, after ${this.#actions} actions, there was still more to come`,
        this.#unfinished.names,
      );
  }
}

function attempt<Result>(work: () => Result, thrown: unknown[]): Result | undefined {
  try {
    return work();
  } catch (error) {
    thrown.push(error);
    return undefined;
  }
}

/**
 * Takes from `asapScheduler` what is pending in real time, which would keep virtual actions from being run, and returns how to
 * put that back, which also revives a scheduler that an error in virtual time has left dead.
 */
function takeAsap(): () => void {
  const asap = asapScheduler as unknown as { actions: unknown[]; _active: boolean; _scheduled: unknown };
  const { actions, _active, _scheduled } = asap;
  Object.assign(asap, { actions: [], _active: false, _scheduled: undefined });
  return () => void Object.assign(asap, { actions, _active, _scheduled });
}
