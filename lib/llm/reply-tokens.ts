import { asyncScheduler, Observable, Subscription } from 'rxjs';
import type { Subscriber } from 'rxjs';
import type { Reply } from './reply.js';

/** How long the last bytes of an answer that is over are waited for. */
const LINGER_MS = 1000;

/**
 * The text of a reply as it comes. Cold: `converse` is called for each subscriber; it makes the request, and emits, and its
 * end or error is that of the text. An unsubscribe aborts the signal, and with it the request, in whatever state it is.
 *
 * An answer that is over is read to the end of its body, for a moment at most: then its connection serves the next request.
 */
export function replyTokens(
  reply: Reply,
  converse: (subscriber: Subscriber<string>, signal: AbortSignal) => Promise<void>,
): Observable<string> {
  return new Observable((subscriber) => {
    const controller = new AbortController();
    const lingering = new Subscription();
    const end = () => {
      lingering.unsubscribe();
      subscriber.complete();
    };
    const fail = (error: unknown) => {
      lingering.unsubscribe();
      subscriber.error(error);
    };
    converse(subscriber, controller.signal).then(end, fail);
    return () => {
      if (reply.over) lingering.add(asyncScheduler.schedule(() => controller.abort(), LINGER_MS));
      else controller.abort();
    };
  });
}
