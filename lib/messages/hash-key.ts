import { sha256 } from '#sha256';
import { isMessage, messageValues } from './brand.js';
import { canonicalObject } from './canonical-json.js';
import { isEmpty } from './message-json.js';
import type { Message } from './message.js';
import { subMessages } from './sub-messages.js';

/** How deep in each other messages may be for their keys to be worked out by recursion; below, the innermost come first. */
const DEEPEST = 4;

let depth = 0;

/** The SHA-256 of a message's canonical JSON, in which a nested message stands as its own key. */
export function hashKey(message: Message): string {
  if (depth === DEEPEST)
    for (const inner of subMessages(message, (each) => each.knownKey !== undefined)) void inner.hashKey;
  depth++;
  try {
    return sha256(canonicalFields(message));
  } finally {
    depth--;
  }
}

/** The canonical JSON that a message's key is the hash of; every nested message stands in it as its type and its key. */
export function canonicalFields(message: Message): string {
  const { type, sorted } = message.schema;
  const values = message[messageValues];
  const data = isEmpty(values['data']) ? undefined : values['data'];
  return canonicalObject(sorted, { ...values, $type: type, data }, refer);
}

function refer(object: object): string | undefined {
  return isMessage(object)
    ? `{"$type":${JSON.stringify(object.schema.type)},"hashKey":"${object.hashKey}"}`
    : undefined;
}
