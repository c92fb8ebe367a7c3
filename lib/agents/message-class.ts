import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { Message } from '../messages/message.js';

/** `Message`, or a class made by `defineMessage`. */
export type MessageClass = new (fields?: never) => Message;

/** The fields of a class's messages, but for the text. */
export type FieldsBesideText<Type extends MessageClass> = Type extends new (fields?: infer Fields) => Message
  ? Omit<NonNullable<Fields>, 'text'>
  : never;

/** @throws InvalidArgumentError if it is no class of messages. */
export function expectMessageClass(type: unknown = Message): typeof Message {
  if (typeof type === 'function' && 'stream' in type) return type as typeof Message;
  throw new InvalidArgumentError('Message, or a class made by defineMessage, as type', type);
}
