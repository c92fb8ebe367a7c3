import { describeError } from '../errors/describe-error.js';

/** What an error says went wrong; of several in one, which say nothing together, the first. */
export function reasonOf(error: unknown): string {
  const inner = error instanceof AggregateError && error.message === '' ? (error.errors[0] as unknown) : error;
  return describeError(inner);
}
