import { setImmediate } from 'node:timers/promises';

/** In milliseconds: so long may others, and Ctrl-C, be kept waiting. */
const TURN = 10;

/**
 * Maps much of something, and lets others go on from time to time: an agent that computes is alone in the process otherwise.
 *
 * @throws AbortError once the signal is aborted.
 */
export async function inTurns<Item, Result>(
  items: Iterable<Item>,
  project: (item: Item) => Result,
  signal: AbortSignal,
): Promise<Result[]> {
  const results: Result[] = [];
  let start = performance.now();
  for (const item of items) {
    results.push(project(item));
    if (performance.now() - start < TURN) continue;
    await setImmediate(undefined, { signal });
    start = performance.now();
  }
  return results;
}
