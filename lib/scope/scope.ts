import type { CancelledError } from '../errors/cancelled-error.js';
import { call } from './call.js';
import type { Failure } from './failure.js';
import type { UnhandledErrors } from './unhandled-errors.js';

/** Why something stops: the error its readers get; or quietly, because it was its subscriber who left. */
export interface Cancellation {
  readonly error: CancelledError;
  /** Whoever reads the pieces sees them end; the whole is the error all the same. */
  readonly quiet: boolean;
}

/** What a scope can own. */
export interface Owned {
  cancel(cancellation: Cancellation): void;
}

/**
 * What a run of an agent and a MiniAgents have in common: it owns what was started inside it, cancels that with itself, and
 * is over when nothing of it is left and nothing holds it.
 */
export abstract class Scope implements Owned {
  /** How many have been made so far. */
  static made = 0;
  /** How many had been made with it. */
  readonly made = ++Scope.made;
  cancellation: Cancellation | undefined;
  over = false;
  /** Whether who made it holds it still. */
  #held = true;
  #cancelled = false;
  #owned: Set<Owned> | undefined;

  constructor(
    public parent: Scope | undefined,
    public unhandledErrors: UnhandledErrors,
  ) {}

  /** Which agent this is, and who called it: `leaf <- top`. */
  abstract readonly path: string;

  /** Makes an error that happened in here one that must be consumed or reported: decided on later, if it comes to readers later. */
  fail(error: unknown, comesLater = false): Failure {
    return this.unhandledErrors.watch(error, this, comesLater);
  }

  /** Where it was to come to readers later, it has, or never will. */
  came(failure: Failure | undefined): void {
    if (failure) this.unhandledErrors.came(failure);
  }

  /** Takes in something that lives no longer than the scope; what comes when the scope is cancelled is cancelled at once. */
  own(thing: Owned): void {
    this.#owned ??= new Set();
    this.#owned.add(thing);
    if (this.cancellation) thing.cancel(this.cancellation);
  }

  /** Lets go of something that has ended. */
  release(thing: Owned): void {
    if (this.#owned?.delete(thing)) this.#settle();
  }

  /** Has it be over as soon as nothing of it is left. */
  letGo(): void {
    this.#held = false;
    this.#settle();
  }

  /** Stops it and all that it owns, for good. The scope itself comes first, so that its readers hear of it, not of a part. */
  cancel(cancellation: Cancellation): void {
    if (this.over || this.#cancelled) return;
    this.#cancelled = true;
    this.#mark(cancellation);
    this.onCancel(this.cancellation ?? cancellation);
    this.cancelOwned(cancellation);
    this.#held = false;
    this.#settle();
  }

  /** All that is inside knows first, so that nothing in there goes on with what the end of something else brings about. */
  #mark(cancellation: Cancellation): void {
    const scopes: Owned[] = [this];
    for (let scope = scopes.pop(); scope; scope = scopes.pop()) {
      if (!(scope instanceof Scope) || scope.cancellation) continue;
      scope.cancellation = cancellation;
      for (const thing of scope.#owned ?? []) scopes.push(thing);
    }
  }

  /** Stops what is inside now; the latest first, which may read what came before it. */
  cancelOwned(cancellation: Cancellation): void {
    for (const thing of this.inside.reverse()) call({ run: () => thing.cancel(cancellation) });
  }

  /** Over, if nothing has come in between. @internal */
  run(): void {
    if (!this.#mayBeOver) return;
    this.over = true;
    this.onOver();
  }

  protected abstract onCancel(cancellation: Cancellation): void;

  protected abstract onOver(): void;

  /** What it owns now, the oldest first. */
  get inside(): Owned[] {
    return [...(this.#owned ?? [])];
  }

  /** Whether nothing is inside. */
  get empty(): boolean {
    return !this.#owned?.size;
  }

  #settle(): void {
    if (this.#mayBeOver) call(this);
  }

  /** One that is about to be cancelled is over when that was done. */
  get #mayBeOver(): boolean {
    return !this.over && !this.#held && this.empty && this.#cancelled === (this.cancellation !== undefined);
  }
}
