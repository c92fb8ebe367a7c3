import { sha256 } from '#sha256';
import { canonicalFields } from '../messages/hash-key.js';
import { isPlain } from '../messages/freeze.js';
import { Message } from '../messages/message.js';
import type { Row } from './engine.js';

/** A message as it is kept. Its key is the hash of the very text that is kept, so whoever reads it can tell that it is whole. */
export function rowOf(message: Message): Row {
  return { hashKey: message.hashKey, body: canonicalFields(message) };
}

/** A message that was read, before those inside it are known. */
export interface Reading {
  /** The keys of the messages directly inside it. */
  readonly inside: readonly string[];
  /** The message, once those inside it are there. @throws InvalidMessageError if its class is not defined here. */
  revive(known: ReadonlyMap<string, Message>): Message;
}

/** Reads what {@link rowOf} wrote; nothing if it is not that. */
export function readRow({ hashKey, body }: Row): Reading | undefined {
  if (sha256(body) !== hashKey) return undefined;
  const { $type, ...fields } = JSON.parse(body) as Record<string, unknown>;
  const inside: string[] = [];
  replaceReferences(fields, (key) => inside.push(key));
  return {
    inside,
    revive: (known) => Message.fromJSON({ $type, ...(replaceReferences(fields, (key) => known.get(key)) as object) }),
  };
}

/** Only a reference to a message has a `$type` inside a message: no other key can have that name. */
function replaceReferences(value: unknown, replace: (hashKey: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => replaceReferences(item, replace));
  if (!isPlain(value)) return value;
  if ('$type' in value) return replace(value['hashKey'] as string);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaceReferences(inner, replace)]));
}
