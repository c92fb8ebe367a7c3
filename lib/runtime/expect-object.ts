import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { isPlain } from '../messages/freeze.js';

/** @throws InvalidArgumentError unless it is an object such as `{ … }`. */
export function expectObject(what: string, given: unknown): void {
  if (!isPlain(given)) throw new InvalidArgumentError(`an object of ${what}`, given);
}
