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

/** Another sequence with its errors as messages, looked at when somebody looks at this one. */
export function tolerantSequence(original: Nested & { cancel(reason: unknown): void }): SequenceOrigin {
  const flattening = new Flattening(ownerNow());
  flattening.errorsAsMessages = true;
  const begin = () => {
    if (flattening.closed) return;
    flattening.send([original]);
    flattening.close();
  };
  return { log: flattening.log, begin, cancelBecause: (reason) => original.cancel(reason) };
}
