import {
  catchError,
  concat,
  EMPTY,
  ignoreElements,
  mergeMap,
  Observable,
  ReplaySubject,
  Subject,
  takeUntil,
  tap,
} from 'rxjs';
import { miniagent, type MiniAgent } from 'miniagents';

/** The same agent, of which no more than so many runs are under way at once: the others wait for their turn, in order. */
export function limited(agent: MiniAgent, most: number): MiniAgent {
  const turn = turnsOf(most);
  return miniagent(agent.name, (ctx) => {
    const replies = ctx.inquire(agent, ctx.messages, { startSoon: false });
    // A turn is over when the last token has come, or failed to come, which may be well after the last message.
    const whole$ = replies.whole$.pipe(catchError(() => EMPTY));
    return turn(concat(replies, whole$.pipe(ignoreElements())));
  });
}

/** Subscribes to no more than so many Observables at once. Who unsubscribes gives up its turn, or its place in the queue. */
function turnsOf(most: number): <Item>(work$: Observable<Item>) => Observable<Item> {
  const queue = new Subject<Observable<unknown>>();
  queue.pipe(mergeMap((work$) => work$, most)).subscribe();
  return (work$) =>
    new Observable((subscriber) => {
      const left$ = new ReplaySubject<void>(1);
      queue.next(work$.pipe(tap(subscriber), takeUntil(left$)));
      // However it ends, for the reader it is over then, and the turn is free.
      return () => left$.next();
    });
}
