import { InvalidArgumentError } from '../errors/invalid-argument-error.js';

/** @throws InvalidArgumentError unless the value fits. */
export function expectOption(expected: string, value: unknown, fits: boolean): void {
  if (!fits) throw new InvalidArgumentError(expected, value);
}
