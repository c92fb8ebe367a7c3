import type { Message } from '../../messages/message.js';
import { isFailure } from '../../scope/failure.js';
import type { MessageSequence } from '../../streams/message-sequence.js';
import { ENDED, LogReader, WAITING } from '../../streams/reader.js';

/**
 * The messages of a sequence in order, each when it is whole. Those that fail are left out, and so are errors between them:
 * whoever else reads the sequence is told of these. Ends with the sequence, or when it is aborted.
 */
export async function* wholeMessages({ log }: MessageSequence, signal: AbortSignal): AsyncGenerator<Message> {
  let wake = () => {};
  const task = { run: () => wake() };
  const woken = () => new Promise<void>((resolve) => (wake = resolve));
  const stop = () => wake();
  const entries = new LogReader(log, task);
  signal.addEventListener('abort', stop);
  try {
    while (!signal.aborted) {
      const entry = entries.read();
      if (entry === ENDED) return;
      if (entry === WAITING) await woken();
      if (entry === WAITING || isFailure(entry)) continue;
      entry.whenSettled(task, false);
      while (!entry.log.over && !signal.aborted) await woken();
      const message = entry.settled();
      if (message && !isFailure(message)) yield message;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    entries.close();
  }
}
