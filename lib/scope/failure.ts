const brand: unique symbol = Symbol.for('miniagents.Failure');

/** Where something happened, and what that is in. */
export interface Place {
  readonly path: string;
  readonly parent?: Place | undefined;
}

/**
 * An error at its place in a stream. The same Failure is handed on from sequence to sequence, so that whoever consumes it
 * anywhere has consumed it: it was delivered to a subscriber, awaited, or turned into a message.
 */
export class Failure {
  readonly [brand] = true;

  constructor(
    readonly error: unknown,
    /** Which agent failed, and who called it: `leaf <- top`; empty outside any agent. */
    readonly where: Place,
    private readonly unconsumed: Set<Failure>,
  ) {}

  /** The error, for somebody who takes it. Nobody needs to be told of it any more. */
  consume(): unknown {
    this.unconsumed.delete(this);
    return this.error;
  }
}

/** Whether something read is an error, whichever copy of the library it comes from. */
export function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && brand in value;
}
