import type { Observable, Subscription } from 'rxjs';
import type { Happening } from './diagram.js';
import { subscriptionOf } from './diagram.js';
import type { Time } from './scheduled-source.js';

/**
 * Writes down what somebody sees who subscribes when virtual time begins, or as a diagram says (`--^---!`).
 *
 * @param show - what a value is written down as.
 */
export function observe<Value>(
  time: Time,
  source: Observable<Value>,
  subscription?: string,
  show: (value: Value) => unknown = (value) => value,
): readonly Happening[] {
  const seen: Happening[] = [];
  const { from, to } = subscriptionOf(subscription ?? '');
  const begins = from === Infinity ? 0 : from;
  let reader: Subscription | undefined;
  const write = (kind: Happening['kind'], value?: unknown) =>
    seen.push({ frame: time.frame, kind, ...(kind !== 'C' && { value }) });
  time.schedule(() => {
    reader = source.subscribe({
      next: (value) => write('N', show(value)),
      error: (error: unknown) => write('E', error),
      complete: () => write('C'),
    });
  }, begins);
  if (to !== Infinity) time.schedule(() => reader?.unsubscribe(), to);
  return seen;
}
