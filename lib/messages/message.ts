import { hash, Map, Seq } from 'immutable';
import { InvalidMessageError } from '../errors/invalid-message-error.js';
import { isMessage, messageValues } from './brand.js';
import { giveSchema } from './give-schema.js';
import { hashKey } from './hash-key.js';
import { isPlain } from './freeze.js';
import { admit, schemaOf } from './message-fields.js';
import type { MessageFields, MessageSchema, MessageValues } from './message-fields.js';
import { reviveMessage, writeOut } from './message-json.js';
import type { MessageJSON } from './message-json.js';
import { RecordMethods } from './record-methods.js';
import type { Field } from './record-methods.js';
import { subMessages } from './sub-messages.js';

export type { MessageFields } from './message-fields.js';

/** What `Message.stream` is. The streams add it: a message is a value and knows none. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface MessageStreaming {}

/**
 * One thing said: an Immutable.js Record that is immutable on every level and known by its content.
 *
 * Equal content and type is `Immutable.is`, and the same {@link Message.hashKey}. `set`, `merge`, `update` and the other
 * methods of a Record give a new message. As a Record, a message is iterable: its entries.
 *
 * @example
 * ```ts
 * const question = new Message({ text: 'Why?', role: 'user', data: { urgent: true } });
 * String(question); // 'Why?'
 * question.set('text', 'How?').data; // the same object: what did not change is shared
 * is(question, Message.fromJSON(JSON.parse(JSON.stringify(question)))); // true
 * ```
 *
 * @throws InvalidMessageError from the constructor and every change, naming the field that cannot be in a message.
 */
export class Message extends RecordMethods {
  /** A promise of a message out of its tokens: see {@link MessagePromise}. */
  declare static stream: MessageStreaming;
  /** @internal */
  declare readonly schema: MessageSchema;
  /** What is said; the empty string by default. */
  declare readonly text: string;
  /** Whose part it is in a conversation: `user`, `assistant`, `system` … */
  declare readonly role: string | undefined;
  /** Who said it. */
  declare readonly name: string | undefined;
  /** All further fields, deeply frozen; messages among them are messages still. */
  declare readonly data: Readonly<globalThis.Record<string, unknown>>;
  /** @internal */
  readonly [messageValues]: MessageValues;
  #hashKey: string | undefined;

  constructor(fields: MessageFields = {}) {
    super();
    this[messageValues] =
      fields instanceof Admitted ? fields.values : admit(this.schema, isMessage(fields) ? fields.toObject() : fields);
    Object.freeze(this);
  }

  /**
   * The identity of this content: the SHA-256 (64 hex digits) of its canonical JSON (RFC 8785), in which a nested message
   * stands as its own key, as in git. Worked out when first asked for.
   */
  get hashKey(): string {
    return (this.#hashKey ??= hashKey(this));
  }

  /** The key, if it has been worked out. @internal */
  get knownKey(): string | undefined {
    return this.#hashKey;
  }

  /** Every message inside this one, at any depth and each once, those that others refer to before the ones that do. */
  subMessages(): IterableIterator<Message> {
    return subMessages(this, () => false);
  }

  /** Same type and same content: what `Immutable.is` asks. */
  equals(other: unknown): boolean {
    if (this === other || !isMessage(other)) return this === other;
    return other.hashKey === this.hashKey;
  }

  hashCode(): number {
    return hash(this.text);
  }

  /** The text. */
  override toString(): string {
    return this.text;
  }

  /** How a message is shown by `console.log`, and in a list: `Message { "text": "Why?", "role": "user" }`. */
  inspect(): string {
    const { $type, ...fields } = this.toJSON();
    return `${$type} ${JSON.stringify(fields, undefined, 1).replace(/\n */g, ' ')}`;
  }

  /** @internal */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.inspect();
  }

  /** Plain JSON data, with nested messages in full, each marked with its `$type`. {@link Message.fromJSON} reads it. */
  toJSON(): MessageJSON {
    return writeOut(this) as MessageJSON;
  }

  /**
   * The message that `toJSON` wrote, of the class it was: `Message` or one made by {@link defineMessage}.
   *
   * @throws InvalidMessageError if the type is not defined here or a field does not fit.
   */
  static fromJSON(json: object): Message {
    const { type } = this.prototype.schema;
    const message = reviveMessage(isPlain(json) ? { $type: type, ...json } : json);
    if (message instanceof this) return message;
    throw new InvalidMessageError('$type', `expected ${type}; got ${(message as Message).schema.type}`);
  }

  /** This message with another text, taken as it is: the next state of one that is being streamed. @internal */
  withText(text: string): this {
    return this.#with({ ...this[messageValues], text });
  }

  /** This message, if its values are these, or else another one with them. */
  #changed(values: MessageValues): this {
    const before = this[messageValues];
    return Object.keys(values).every((field) => Object.is(values[field], before[field])) ? this : this.#with(values);
  }

  #with(values: MessageValues): this {
    return new (this.constructor as new (fields: object) => this)(new Admitted(Object.freeze(values)));
  }

  has(field: Field): boolean {
    return Object.hasOwn(this[messageValues], field);
  }

  get(field: Field, notSet?: unknown): unknown {
    return this.has(field) ? this[messageValues][field] : notSet;
  }

  set(field: Field, value: unknown): this {
    return this.#changed(admit(this.schema, { ...this[messageValues], [field]: value }, this[messageValues]));
  }

  clear(): this {
    return this.#changed(this.schema.defaults);
  }

  withMutations(change: (draft: Map<string, unknown>) => unknown): this {
    const draft = Map(this[messageValues]).asMutable();
    change(draft);
    return this.#changed(admit(this.schema, draft.toObject(), this[messageValues]));
  }

  asMutable(): never {
    throw new InvalidMessageError(this.schema.type, 'a message never changes: use set, merge or withMutations');
  }

  wasAltered(): boolean {
    return false;
  }

  toObject(): { [field: string]: unknown } {
    return { ...this[messageValues] };
  }

  toSeq(): Seq.Keyed<string, unknown> {
    return Seq(this[messageValues]);
  }

  entries(): IterableIterator<[string, unknown]> {
    return Object.entries(this[messageValues]).values();
  }

  [Symbol.iterator](): IterableIterator<[string, unknown]> {
    return this.entries();
  }

  /** Every message of every copy of the library is an instance of `Message`, and of the class that has its type. */
  static override [Symbol.hasInstance](this: { prototype: Message }, value: unknown): boolean {
    const { type } = this.prototype.schema;
    return isMessage(value) && (type === 'Message' || value.schema.type === type);
  }

  static {
    giveSchema(this, schemaOf('Message', { text: '', role: undefined, name: undefined, data: Object.freeze({}) }));
  }
}

/** Values that have been taken in already. */
class Admitted {
  constructor(readonly values: MessageValues) {}
}
