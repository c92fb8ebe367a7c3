/** What there is to iterate over, up to the end or until it is aborted: then at once, whatever it was waiting for. */
export async function* untilAborted<Item>(items: AsyncIterable<Item>, signal: AbortSignal): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]();
  const stop = () => void iterator.return?.();
  signal.addEventListener('abort', stop);
  try {
    while (!signal.aborted) {
      const result = await iterator.next();
      if (result.done || signal.aborted) return;
      yield result.value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}
