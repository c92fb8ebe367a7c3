import type { Message } from '../messages/message.js';
import type { Engine } from './engine.js';
import { StoreError } from './store-error.js';
import { readRow } from './stored-form.js';
import type { Reading } from './stored-form.js';

/**
 * Reads messages and all that is inside them, level by level. What it gives makes the message of a key when it is asked to:
 * so one that cannot be made is in nobody's way.
 */
export async function readMessages(engine: Engine, store: string, hashKeys: readonly string[]) {
  const readings = new Map<string, Reading | undefined>();
  for (let wanted = [...new Set(hashKeys)]; wanted.length > 0;) {
    const bodies = await engine.read(wanted);
    const inside = new Set<string>();
    for (const hashKey of wanted) {
      const body = bodies.get(hashKey);
      const reading = body === undefined ? undefined : readRow({ hashKey, body });
      if (reading || body !== undefined) readings.set(hashKey, reading);
      for (const key of reading?.inside ?? []) inside.add(key);
    }
    wanted = [...inside].filter((key) => !readings.has(key));
  }
  const messages = new Map<string, Message>();
  return {
    has: (hashKey: string): boolean => readings.has(hashKey),
    message: (hashKey: string): Message => revive(hashKey, readings, messages, store),
  };
}

/** Makes the innermost first, whatever the depth. */
function revive(
  hashKey: string,
  readings: ReadonlyMap<string, Reading | undefined>,
  messages: Map<string, Message>,
  store: string,
): Message {
  const path = [hashKey];
  for (let key = path.at(-1); key !== undefined; key = path.at(-1)) {
    const reading = readings.get(key);
    if (!reading) throw new StoreError('corrupt', store, problemOf(key, readings.has(key)));
    const missing = reading.inside.filter((inner) => !messages.has(inner));
    path.push(...missing.reverse());
    if (missing.length > 0) continue;
    path.pop();
    if (!messages.has(key)) messages.set(key, reading.revive(messages));
  }
  return messages.get(hashKey) as Message;
}

function problemOf(hashKey: string, isThere: boolean): string {
  return isThere
    ? `what is kept as message ${hashKey} is not what was written`
    : `message ${hashKey}, which others refer to, is missing`;
}
