import { Observable, Subject } from 'rxjs';
import type { Observer } from 'rxjs';
import { happeningsOf } from './diagram.js';
import type { Happening } from './diagram.js';
import type { Subscribed } from './subscription-expectation.js';

/** Time that passes frame by frame. */
export interface Time {
  /** The current frame. */
  readonly frame: number;
  /** Does something so many frames from now, and returns what calls it off. */
  schedule(work: () => void, frames: number): { unsubscribe(): void };
}

/** An Observable out of a diagram, which writes down who subscribes to it. */
export interface MarbleSource<Value> extends Observable<Value> {
  /** When it was subscribed to, and when it was let go. */
  readonly subscriptions: readonly Subscribed[];
}

/** Makes an Observable of a diagram; its letters stand for themselves where `values` does not name them. */
export type MakeSource = <Value = string>(
  diagram: string,
  values?: { readonly [letter: string]: Value },
  error?: unknown,
) => MarbleSource<Value>;

/** Makes cold Observables of diagrams, as RxJS's `cold` does: what happens is counted from each subscription on. */
export function coldSources(time: Time): MakeSource {
  return (diagram, values, error) => {
    const happenings = happeningsOf(diagram, error ?? 'error');
    return logged(time, (observer) => {
      const calls = happenings.map((each) => time.schedule(() => notify(observer, each, values), each.frame));
      return () => calls.forEach((call) => call.unsubscribe());
    });
  };
}

/** Makes hot Observables of diagrams, as RxJS's `hot` does: what happens is counted from now on, or from where `^` is. */
export function hotSources(time: Time): MakeSource {
  return <Value>(diagram: string, values?: { readonly [letter: string]: Value }, error?: unknown) => {
    const subject = new Subject<Value>();
    const happenings = happeningsOf(diagram, error ?? 'error').filter(({ frame }) => frame >= 0);
    const begin = () => {
      for (const each of happenings) time.schedule(() => notify(subject, each, values), each.frame);
    };
    // Whoever subscribes in the frame in which something happens sees it.
    time.schedule(begin, 0);
    return logged<Value>(time, (observer) => {
      const subscription = subject.subscribe(observer);
      return () => subscription.unsubscribe();
    });
  };
}

function logged<Value>(time: Time, subscribe: (observer: Observer<Value>) => () => void): MarbleSource<Value> {
  const subscriptions: { subscribedFrame: number; unsubscribedFrame: number }[] = [];
  const source = new Observable<Value>((subscriber) => {
    const subscription = { subscribedFrame: time.frame, unsubscribedFrame: Infinity };
    subscriptions.push(subscription);
    const stop = subscribe(subscriber);
    return () => {
      subscription.unsubscribedFrame = time.frame;
      stop();
    };
  });
  return Object.assign(source, { subscriptions });
}

function notify<Value>(
  observer: Observer<Value>,
  { kind, value }: Happening,
  values: { readonly [letter: string]: Value } | undefined,
): void {
  if (kind === 'N') observer.next(values ? (values[value as string] as Value) : (value as Value));
  else if (kind === 'E') observer.error(value);
  else observer.complete();
}
