/**
 * Reads the text of a body, and hands over each piece of it as it comes. It lets the body go, and with it the connection, when the
 * signal is aborted, and when `take` throws: not every client's `fetch` passes the signal on.
 *
 * @returns when the body has ended, or was let go.
 * @throws what reading the body, or `take`, throws.
 */
export async function readBody(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  take: (text: string) => void,
): Promise<void> {
  const reader = body.getReader();
  const letGo = (): void => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', letGo);
  try {
    if (signal.aborted) letGo();
    const decoder = new TextDecoder();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read())
      take(decoder.decode(chunk.value, { stream: true }));
    take(decoder.decode());
  } catch (error) {
    letGo();
    throw error;
  } finally {
    signal.removeEventListener('abort', letGo);
  }
}

/** Reads an answer in one piece. @throws SyntaxError if it is no JSON; what {@link readBody} throws. */
export async function readJSON({ body }: Response, signal: AbortSignal): Promise<unknown> {
  let json = '';
  if (body) await readBody(body, signal, (text) => (json += text));
  return JSON.parse(json);
}
