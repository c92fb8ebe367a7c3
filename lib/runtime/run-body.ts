import { describe } from '../errors/describe.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { LifecycleError } from '../errors/lifecycle-error.js';
import { call } from '../scope/call.js';
import type { Task } from '../scope/call.js';
import type { Failure } from '../scope/failure.js';
import type { Flattening } from '../streams/flattening.js';
import { Resolution } from '../streams/resolution.js';
import { hushRejections, isThenable, stopSafely } from '../streams/subscribe-to.js';
import type { Stop } from '../streams/subscribe-to.js';
import { takeReturned } from './returned.js';
import type { ReturnedSink } from './returned.js';

/** The run of a body. */
interface BodyOwner {
  readonly path: string;
  readonly cancellation: unknown;
  fail(error: unknown, comesLater?: boolean): Failure;
  enter(work: () => void): void;
  bodyDone(): void;
}

/** What an agent says in a run: by `ctx.reply`, by what its function returns or yields, and by an error of its own. */
export class RunBody implements ReturnedSink, Task {
  /** An error of the agent's own. */
  failure: Failure | undefined;
  #returned = false;
  #waits = 0;
  #stop: Stop | undefined;

  constructor(
    private readonly owner: BodyOwner,
    private readonly replies: Flattening,
  ) {}

  /** Whether it may say no more. */
  get closed(): boolean {
    return this.#returned || this.owner.cancellation !== undefined;
  }

  /** Whether it has come to its end, and nothing is waited for any more. */
  get done(): boolean {
    return this.#returned && this.#waits === 0;
  }

  start(perform: () => unknown): void {
    try {
      if (!this.closed) takeReturned(perform(), this);
    } catch (error) {
      this.error(error);
    }
    if (this.closed) this.stop();
  }

  enter(work: () => void): void {
    this.owner.enter(work);
  }

  started(stop: Stop): void {
    this.#stop = stop;
  }

  /** Lets go of the generator, Observable … that it goes through. */
  stop(): void {
    const stop = this.#stop;
    this.#stop = undefined;
    if (stop) stopSafely(stop, (error) => this.owner.fail(error));
  }

  /** @throws NotAMessageError; what comes after the end is reported. */
  reply(messages: unknown, outOfOrder = false): void {
    if (this.owner.cancellation) return hushRejections(messages);
    const sent = this.replies.read(messages);
    if (!this.replies.closed) this.replies.send(sent, outOfOrder);
    else if (sent.length > 0) {
      this.owner.fail(
        new LifecycleError(`agent ${this.owner.path} replied after its end: ${describe(messages)}`, messages),
      );
    }
  }

  finishEarly(): void {
    this.replies.close();
  }

  /** Keeps the replies open until the promise has settled; its rejection is reported. */
  waitFor(promise: PromiseLike<unknown>): void {
    if (typeof promise !== 'object' || promise === null || !isThenable(promise))
      throw new InvalidArgumentError('a promise to wait for', promise);
    this.#waits++;
    const settled = () => {
      this.#waits--;
      this.#close();
    };
    // The failure of a stream is known as one, and whose: to wait for it is not to consume it.
    const known = promise instanceof Resolution;
    const failed = (error: unknown) => {
      if (!known && !this.owner.cancellation) this.owner.fail(error);
      settled();
    };
    void (known ? Promise.prototype : promise).then.call(promise, settled, failed);
  }

  next(messages: unknown): void {
    try {
      this.reply(messages);
    } catch (error) {
      this.error(error);
    }
  }

  /** It comes after all of the replies, the ones out of order, too. */
  error(error: unknown): void {
    if (this.closed) return;
    this.failure = this.owner.fail(error, true);
    this.complete();
  }

  complete(): void {
    if (this.closed) return;
    this.#returned = true;
    call(this);
  }

  /** Takes the end. @internal */
  run(): void {
    this.stop();
    this.#close();
  }

  #close(): void {
    if (!this.done || this.owner.cancellation) return;
    this.replies.close(this.failure);
    this.owner.bodyDone();
  }
}
