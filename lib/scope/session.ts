import { Scope } from './scope.js';

/** The outermost scope, or one of its own inside a run: the life of one `run`, of one `activate()` … `finalize()`, or, for the default one, of the process. */
export class Session extends Scope {
  readonly path = '';
  #ended: (() => void) | undefined;

  /** Settles when all that was inside has ended, and nothing holds it any more. */
  readonly whenOver = new Promise<void>((resolve) => (this.#ended = resolve));

  protected override onCancel(): void {}

  protected override onOver(): void {
    this.#ended?.();
    this.parent?.release(this);
  }
}
