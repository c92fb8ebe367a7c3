import { asapScheduler } from 'rxjs';
import { CancelledError } from '../errors/cancelled-error.js';
import { ownerNow } from '../scope/owner.js';
import type { Cancellation } from '../scope/scope.js';
import { Flattening } from './flattening.js';
import type { SequenceOrigin } from './message-sequence.js';
import type { Nested } from './message-type.js';

/** A sequence out of what somebody sent: it belongs to the scope in which that was done. @throws NotAMessageError */
export function sentSequence(messages: unknown): SequenceOrigin {
  const scope = ownerNow();
  const flattening = new Flattening(scope, { onEnd: () => scope.release(owned) });
  const sent = flattening.read(messages);
  const { log } = flattening;
  const owned = { cancel: ({ error, quiet }: Cancellation) => flattening.cut(scope.fail(error), quiet) };
  scope.own(owned);
  flattening.send(sent);
  flattening.close();
  return {
    log,
    cancelBecause: (reason) =>
      log.cut || owned.cancel({ error: new CancelledError('the sequence', reason), quiet: false }),
  };
}

/** The sequence that another one shows. */
interface Original extends Nested {
  readonly origin: Pick<SequenceOrigin, 'moveTo'>;
  cancel(reason: unknown): void;
}

/**
 * Another sequence with its errors as messages, looked at when somebody looks at this one. It is cut with the other: a quiet
 * end is no success, and what was cancelled does not wait for messages that go on elsewhere.
 */
export function tolerantSequence(original: Original): SequenceOrigin {
  const flattening = new Flattening(ownerNow());
  flattening.errorsAsMessages = true;
  const cutToo = () => {
    const { cut, quiet } = original.log;
    if (!cut) return;
    original.log.leave(task);
    // Otherwise those of its messages that are cancelled with it say why.
    if (quiet) flattening.cut(cut, quiet);
    else asapScheduler.schedule(() => flattening.cut(cut, quiet));
  };
  const task = { run: cutToo };
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    original.log.wait(task);
    flattening.send([original]);
    cutToo();
    flattening.close();
  };
  return {
    log: flattening.log,
    begin,
    cancelBecause: (reason) => original.cancel(reason),
    moveTo: (scope) => original.origin.moveTo?.(scope),
  };
}
