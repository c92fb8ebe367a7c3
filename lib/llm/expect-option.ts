import { InvalidArgumentError } from '../errors/invalid-argument-error.js';

/** @throws InvalidArgumentError unless the value fits. */
export function expectOption(expected: string, value: unknown, fits: boolean): void {
  if (!fits) throw new InvalidArgumentError(expected, value);
}

const OF_CLIENTS = ['apiKey', 'authToken', 'baseURL', 'fetch', 'maxRetries'];

/**
 * What is given to go to an API has nothing in it that is the SDK's client's, above all no key: it would go there in the body of
 * the request.
 *
 * @throws InvalidArgumentError that does not say what was given.
 */
export function expectNoClientOptions(request: Readonly<Record<string, unknown>>): void {
  const option = OF_CLIENTS.find((name) => request[name] !== undefined);
  if (option === undefined) return;
  throw new InvalidArgumentError(`no ${option}, which is an option of the SDK's client, given as client`, '…');
}
