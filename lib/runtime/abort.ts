import { CancelledError } from '../errors/cancelled-error.js';
import type { Owned } from '../scope/scope.js';

const listening = new WeakMap<AbortSignal, { readonly things: Set<Owned>; readonly listener: () => void }>();

/**
 * Cancels something when a signal is aborted. However many things wait for one signal, it has one listener of ours, and none
 * when nothing waits any more.
 */
export function cancelOnAbort(signal: AbortSignal, thing: Owned): void {
  const entry = listening.get(signal) ?? listen(signal);
  entry.things.add(thing);
}

/** Something waits for the signal no longer. */
export function forgetAbort(signal: AbortSignal, thing: Owned): void {
  const entry = listening.get(signal);
  if (!entry?.things.delete(thing) || entry.things.size > 0) return;
  listening.delete(signal);
  signal.removeEventListener('abort', entry.listener);
}

function listen(signal: AbortSignal) {
  const things = new Set<Owned>();
  const listener = () => {
    listening.delete(signal);
    for (const thing of things) thing.cancel({ error: new CancelledError('the inquiry', signal.reason), quiet: false });
  };
  const entry = { things, listener };
  listening.set(signal, entry);
  signal.addEventListener('abort', listener, { once: true });
  return entry;
}
