import { defineMessage } from '../messages/define-message.js';
import type { DefinedMessageClass } from '../messages/define-message.js';
import type { Message, MessageFields } from '../messages/message.js';

/** What an embeddings agent replies: a text, and the vector that a model makes of it. */
export interface EmbeddingMessage extends Message {
  /** The vector, frozen. */
  readonly vector: readonly number[];
}

type Fields = MessageFields & { readonly vector?: readonly number[] | undefined };

interface EmbeddingMessageClass extends Omit<DefinedMessageClass<object>, 'prototype' | 'fromJSON'> {
  new (fields?: Fields): EmbeddingMessage;
  readonly prototype: EmbeddingMessage;
  fromJSON(json: object): EmbeddingMessage;
}

/**
 * A text with its vector: what an embeddings agent replies. Like every message it survives a JSON round trip, and is known by
 * its content, the vector included.
 *
 * @example
 * ```ts
 * for (const reply of await embeddings.inquire(texts, { batch: true }).resolve())
 *   if (reply instanceof EmbeddingMessage) index.add(reply.text, reply.vector);
 * ```
 */
export const EmbeddingMessage = defineMessage('EmbeddingMessage', { vector: [] }) as unknown as EmbeddingMessageClass;
