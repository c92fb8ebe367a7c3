/**
 * What the methods of the SDKs give: a promise of the parsed answer and, when asked so, of the answer as it comes. Of a client
 * that a tracer is wrapped around it may be the promise and no more.
 */
export interface RawAnswer extends PromiseLike<unknown> {
  asResponse?(): Promise<Response>;
}

/** An answer that is there, or has begun: as it comes, where the client gives that; elsewhere as the SDK parses it. */
export type Received = { readonly response: Response } | { readonly response?: undefined; readonly parsed: unknown };

/** Waits for an answer. @throws the SDK's error if there is none. */
export async function receive(answer: RawAnswer): Promise<Received> {
  return answer.asResponse ? { response: await answer.asResponse() } : { parsed: await answer };
}
