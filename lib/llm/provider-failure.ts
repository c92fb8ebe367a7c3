/** What an API reported of a failure in the midst of an answer, before it is made into the SDK's error. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';

  constructor(readonly reported: unknown) {
    super(JSON.stringify(reported));
  }
}

type APIErrorClass = new (status: undefined, error: unknown, message: undefined, headers: Headers | undefined) => Error;

/** The class of an SDK's errors, which its classes of clients, of whatever version, have as a static member. */
export function apiErrorOf(clientClass: object): APIErrorClass | undefined {
  return (clientClass as { readonly APIError?: APIErrorClass }).APIError;
}

/** Whether an error is the SDK's own. */
export function isOfSDK(client: object, error: unknown): boolean {
  const APIError = apiErrorOf(client.constructor);
  return APIError !== undefined && error instanceof APIError;
}

/** The error that the client's SDK makes of such a report. */
export function providerError(client: object, failure: ProviderFailure, headers?: Headers): Error {
  const APIError = apiErrorOf(client.constructor);
  return APIError ? new APIError(undefined, failure.reported, undefined, headers) : failure;
}
