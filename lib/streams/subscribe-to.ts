import { observable, Observable } from 'rxjs';
import type { ObservableInput, Subscriber, Unsubscribable } from 'rxjs';
import { describe } from '../errors/describe.js';

/** Where an Observable of whatever make has itself: rxjs makes it no symbol where the platform has none. */
const interop = observable;

/** What takes the values of a source. It never throws. */
export interface Sink<Value> {
  next(value: Value): void;
  error(error: unknown): void;
  complete(): void;
}

/** Lets a source go. */
export type Stop = () => void;

type Interop = Record<symbol | string, () => { subscribe(sink: Subscriber<unknown>): Unsubscribable }>;

/** Whether a value is a source of values to come: an Observable of any copy of RxJS, a stream, an async iterable, a promise. */
export function isSource(value: object): value is ObservableInput<unknown> {
  return interop in value || 'getReader' in value || Symbol.asyncIterator in value || isThenable(value);
}

/** Whether a value is a promise, of whatever make. */
export function isThenable(value: object): value is PromiseLike<unknown> {
  return 'then' in value && typeof value.then === 'function';
}

/**
 * Has promises among what is sent not end the process where that is dropped and nobody hears of their errors. (Of other
 * thenables nobody asks: that may be what starts them.)
 */
export function hushRejections(sent: unknown): void {
  for (const each of [sent].flat(9))
    if (each instanceof Promise) void Promise.prototype.then.call(each, undefined, () => {});
}

/**
 * Subscribes to a source, so that it can be let go at any time, which is why the way to do so is handed over first: in the
 * middle of what it writes at once, and while it is silent. (RxJS's own `from` lets an async iterable or a web stream go when
 * it next says something.)
 *
 * @param takesReturned - whether what an async generator returns is one value more.
 */
export function subscribeTo(
  source: object,
  sink: Sink<never>,
  started: (stop: Stop) => void,
  takesReturned = true,
): void {
  new Observable<unknown>((own) => {
    started(() => own.unsubscribe());
    if (interop in source) return (source as Interop)[interop]?.().subscribe(own);
    if ('getReader' in source) return pull(fromWebStream(source as ReadableStream), own, false);
    if (Symbol.asyncIterator in source)
      return pull((source as AsyncIterable<unknown>)[Symbol.asyncIterator](), own, takesReturned);
    if (isThenable(source))
      return void source.then(
        (value) => (own.next(value), own.complete()),
        (error) => own.error(error),
      );
    for (const value of source as Iterable<unknown>) {
      own.next(value);
      if (own.closed) return;
    }
    return own.complete();
  }).subscribe(sink as Sink<unknown>);
}

/** Lets a source go; what its teardown throws is not for whoever lets go. */
export function stopSafely(stop: Stop, onError: (error: unknown) => void): void {
  try {
    stop();
  } catch (error) {
    onError(error);
  }
}

/** What an iterator answered. @throws TypeError if it is no answer, as `for of` does. */
export function resultOf(answer: unknown): IteratorResult<unknown, unknown> {
  if (typeof answer === 'object' && answer !== null) return answer as IteratorResult<unknown, unknown>;
  throw new TypeError(`an iterator answers with an object, and this one with ${describe(answer)}`);
}

/** Asks an async iterator for one value after the other. */
function pull(iterator: AsyncIterator<unknown, unknown>, own: Subscriber<unknown>, takesReturned: boolean): Stop {
  let ended = false;
  const fail = (error: unknown) => {
    ended = true;
    own.error(error);
  };
  const ask = () => {
    if (own.closed) return;
    try {
      Promise.resolve(iterator.next()).then(take, fail);
    } catch (error) {
      fail(error);
    }
  };
  const take = (result: unknown) => {
    try {
      const { done, value } = resultOf(result);
      ended = done === true;
      if (!ended || (takesReturned && value !== undefined)) own.next(value);
      if (ended) own.complete();
      else ask();
    } catch (error) {
      fail(error);
    }
  };
  ask();
  // A generator that waits for something answers when that comes, or never: nobody waits for it.
  return () => {
    if (!ended) Promise.resolve(iterator.return?.()).catch(() => {});
  };
}

/** A web stream's own async iterator waits in `return()` for a read that is stalled; its reader's `cancel()` does not. */
export function fromWebStream<Chunk>(stream: ReadableStream<Chunk>): AsyncIterator<Chunk> {
  const reader = stream.getReader();
  return {
    next: () => reader.read() as Promise<IteratorResult<Chunk>>,
    return: () => reader.cancel().then(() => ({ done: true, value: undefined })),
  };
}
