import { isMessage } from '../messages/brand.js';
import { isEntry, isNested } from '../streams/message-type.js';
import { hushRejections, isSource, isThenable, resultOf, subscribeTo } from '../streams/subscribe-to.js';
import type { Sink, Stop } from '../streams/subscribe-to.js';

/** Takes what an agent's function returned, until it is closed. */
export interface ReturnedSink extends Sink<unknown> {
  readonly closed: boolean;
  /** Does something as a part of the run, also where no promise keeps that. */
  enter(work: () => void): void;
  /** Handed the way to let go of what was returned. */
  started(stop: Stop): void;
}

/**
 * Takes what an agent function returned, until it has ended: what a promise comes to, what a generator yields and returns,
 * what an Observable emits, or just messages. The generator of a plain `function*` runs to its end at once.
 */
export function takeReturned(returned: unknown, sink: ReturnedSink): void {
  if (!isMoreToCome(returned)) takeAll(returned, sink);
  else if (isThenable(returned)) takePromise(returned, sink);
  else if (isSource(returned)) subscribeTo(returned, sink, (stop) => sink.started(stop));
  else takeGenerator(returned, sink);
}

function takeAll(messages: unknown, sink: ReturnedSink): void {
  sink.next(messages);
  sink.complete();
}

function takePromise(promise: PromiseLike<unknown>, sink: ReturnedSink): void {
  promise.then(
    (value) => {
      if (!sink.closed) sink.enter(() => takeReturned(value, sink));
      else hushRejections(value);
    },
    (error: unknown) => sink.error(error),
  );
}

function takeGenerator(generator: Iterator<unknown>, sink: ReturnedSink): void {
  try {
    while (!sink.closed) {
      const result = resultOf(generator.next());
      sink.next(result.value);
      if (result.done) sink.complete();
    }
    generator.return?.();
  } catch (error) {
    sink.error(error);
  }
}

/** Whether it is a promise, a source or a generator, and neither a message nor a sequence, which are sent as they are. */
function isMoreToCome(returned: unknown): returned is Iterator<unknown> {
  if (typeof returned !== 'object' || returned === null) return false;
  if (isMessage(returned) || isEntry(returned) || isNested(returned)) return false;
  return (
    isSource(returned) || (Symbol.iterator in returned && 'next' in returned && typeof returned.next === 'function')
  );
}
