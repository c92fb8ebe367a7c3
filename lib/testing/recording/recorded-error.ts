import { CancelledError } from '../../errors/cancelled-error.js';
import { describeError } from '../../errors/describe-error.js';
import type { RecordedError } from './recorded-event.js';

/** Of the errors in another one nothing is written down. */
class Aggregate extends AggregateError {
  constructor(message: string) {
    super([], message);
  }
}

const builtIn: Readonly<Record<string, new (message: string) => Error>> = {
  AggregateError: Aggregate,
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
  CancelledError,
};

/** An error as it is written down: its class's name where it has none of its own, its text, and its plain facts. */
export function recordedError(error: unknown): RecordedError {
  const [, name = 'Error', message = ''] = /^([^:]*): ([^]*)$/.exec(describeError(error)) ?? [];
  const facts = factsOf(error);
  return { name, message, ...(Object.keys(facts).length > 0 && { facts }) };
}

/** What is said elsewhere, or by no error. */
const said = new Set(['name', 'message', 'stack', '__proto__']);

function factsOf(error: unknown): NonNullable<RecordedError['facts']> {
  try {
    const entries = error instanceof Error ? Object.entries(error) : [];
    return Object.fromEntries(entries.filter(([name, value]) => !said.has(name) && isFact(value)));
  } catch {
    return {};
  }
}

/** Whether it is one of the facts that an error can have in a recording. */
export function isFact(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** An error that looks as the one did that was written down; of a built-in class, or a cancellation, an instance of that. */
export function errorFrom({ name, message, facts = {} }: RecordedError): Error {
  const known = Object.hasOwn(builtIn, name) ? builtIn[name] : undefined;
  const error = new (known ?? Error)(message);
  const own = (value: unknown) => ({ value, configurable: true, writable: true, enumerable: false });
  if (error.message !== message) Object.defineProperty(error, 'message', own(message));
  if (!known) Object.defineProperty(error, 'name', own(name));
  for (const [fact, value] of Object.entries(facts))
    Object.defineProperty(error, fact, { ...own(value), enumerable: true });
  return error;
}
