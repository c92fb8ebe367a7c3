import { TestScheduler } from 'rxjs/testing';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';

/** One thing that happens in a stream, and in which frame. */
export interface Happening {
  readonly frame: number;
  readonly kind: 'N' | 'E' | 'C';
  readonly value?: unknown;
}

/** What the letters of a diagram stand for; those that are not named stand for themselves. */
export type Letters<Value> = Readonly<Record<string, Value>>;

/** What a letter of a diagram stands for: itself, where it is not among the values. */
export function standsFor<Value>(letter: string, values: Letters<Value>): Value {
  return (Object.hasOwn(values, letter) ? values[letter] : letter) as Value;
}

const TIME = /(^| )\d+(\.\d+)?(ms|s|m)(?= )/g;

/**
 * Refuses a diagram that RxJS would take for another one: groups that are left open or in each other, something after the end,
 * and times such as `10ms` without spaces around them, which would be five values.
 *
 * @throws InvalidArgumentError
 */
export function checkDiagram(diagram: unknown): asserts diagram is string {
  if (typeof diagram !== 'string') throw new InvalidArgumentError('a marble diagram, which is a string', diagram);
  const rest = diagram.replace(TIME, '$1');
  const wrong = (what: string) => new InvalidArgumentError(`a marble diagram ${what}`, diagram);
  if (/\d(ms|s|m)(?=\W|$)|(^| )\d+(\.\d+)? +(ms|s|m)(?= |$)/.test(rest))
    throw wrong('whose times stand between spaces, as in "-a 10ms b|"');
  const groups = rest.replace(/[^()]/g, '');
  if (groups.replace(/\(\)/g, '') !== '') throw wrong('whose groups are closed and not in each other, as in "-(ab)-|"');
  if (/[|#].*[^ )-]/.test(rest)) throw wrong('in which nothing comes after the end');
}

/** What happens in a diagram, each letter standing for itself. @throws InvalidArgumentError */
export function happeningsOf(diagram: string, error: unknown): Happening[] {
  checkDiagram(diagram);
  return inFrames(() =>
    TestScheduler.parseMarbles(diagram, undefined, error, false, true).map(({ frame, notification }) => {
      if (notification.kind === 'C') return { frame, kind: 'C' };
      const value: unknown = notification.kind === 'N' ? notification.value : notification.error;
      return { frame, kind: notification.kind, value };
    }),
  );
}

/**
 * Refuses what {@link checkDiagram} refuses, and `^`: a cold source begins when it is subscribed to.
 *
 * @throws InvalidArgumentError
 */
export function checkColdDiagram(diagram: unknown): asserts diagram is string {
  checkDiagram(diagram);
  if (diagram.includes('^'))
    throw new InvalidArgumentError('a marble diagram without ^, which is for hot ones', diagram);
}

/**
 * In which frames a diagram such as `^--!` subscribes and leaves; as in RxJS, `from` is Infinity where it does not say.
 *
 * @throws InvalidArgumentError
 */
export function subscriptionOf(diagram: string): { from: number; to: number } {
  if (typeof diagram !== 'string' || !/^[^!^]*(\^[^!^]*)?(![^!^]*)?$/.test(diagram))
    throw new InvalidArgumentError('a diagram of a subscription, such as "^--!"', diagram);
  const { subscribedFrame, unsubscribedFrame } = inFrames(() =>
    TestScheduler.parseMarblesAsSubscriptions(diagram, true),
  );
  return { from: subscribedFrame, to: unsubscribedFrame };
}

/** Has RxJS count a character as one frame, as it does while virtual time runs. */
function inFrames<Result>(parse: () => Result): Result {
  const before = TestScheduler.frameTimeFactor;
  TestScheduler.frameTimeFactor = 1;
  try {
    return parse();
  } finally {
    TestScheduler.frameTimeFactor = before;
  }
}
