import { describe } from '../errors/describe.js';
import { InvalidMessageError } from '../errors/invalid-message-error.js';
import { isPlain } from './freeze.js';
import { admit, schemaOf } from './message-fields.js';
import { giveSchema } from './give-schema.js';
import { Message } from './message.js';
import type { MessageFields } from './message.js';

/** What a default stands for: any array for `[]`, one of such items for `[] as readonly Item[]`, anything for `null`, and otherwise a value of its own kind. */
type FieldOf<Default> = Default extends null | undefined
  ? unknown
  : Default extends readonly unknown[]
    ? number extends Default['length']
      ? Readonly<Default>
      : readonly unknown[]
    : Default extends string
      ? string
      : Default extends number
        ? number
        : Default extends boolean
          ? boolean
          : Default;

/** The fields that a class made by {@link defineMessage} has beside those of every message. */
export type DefinedFields<Fields extends object> = {
  readonly [Field in Exclude<keyof Fields, keyof MessageFields>]: FieldOf<Fields[Field]>;
};

/** A message of a class made by {@link defineMessage}: a {@link Message} with typed fields of its own. */
export type DefinedMessage<Fields extends object> = Message & DefinedFields<Fields>;

/** A class made by {@link defineMessage}. */
export interface DefinedMessageClass<Fields extends object> extends Omit<typeof Message, 'prototype' | 'fromJSON'> {
  /** A field that is `undefined` has its default, like one that is left out. */
  new (
    fields?: MessageFields & {
      readonly [Field in keyof DefinedFields<Fields>]?: DefinedFields<Fields>[Field] | undefined;
    },
  ): DefinedMessage<Fields>;
  readonly prototype: DefinedMessage<Fields>;
  fromJSON(json: object): DefinedMessage<Fields>;
}

/**
 * A message class with fields of its own. Its instances are Messages, and a JSON round trip gives them back as what they
 * were, once the class is defined there too.
 *
 * @param name - the class's name, and its `$type` in JSON: what tells its messages from others of the same content. A later
 * definition of the same name takes the place of the earlier one.
 * @param fields - the further fields with their defaults, which also say what kind of value each takes (`null`: any).
 * Defaults for `text`, `role`, `name` and `data` may be among them.
 *
 * @example
 * ```ts
 * const Rating = defineMessage('Rating', { stars: 0 });
 * const rating = new Rating({ text: 'good', stars: 5 });
 * rating instanceof Message; // true
 * Message.fromJSON(JSON.parse(JSON.stringify(rating))) instanceof Rating; // true
 * ```
 *
 * @throws InvalidMessageError for a name that is taken by `Message`, what is no object of fields, or a default that cannot be in a message.
 */
export function defineMessage<const Fields extends object>(name: string, fields: Fields): DefinedMessageClass<Fields> {
  if (typeof name !== 'string' || name === '' || name === 'Message')
    throw new InvalidMessageError('$type', `expected a name of its own for the class; got ${describe(name)}`);
  if (!isPlain(fields)) throw new InvalidMessageError(name, `expected an object of fields; got ${describe(fields)}`);
  const { [name]: Defined } = { [name]: class extends Message {} };
  const common = Message.prototype.schema.defaults;
  for (const field of ['$type', '__proto__']) {
    if (Object.hasOwn(fields, field)) throw new InvalidMessageError(field, 'this name is reserved');
  }
  const anything = Object.fromEntries(
    Object.keys(fields).map((field) => [field, field in common ? common[field] : null]),
  );
  const defaults = admit(schemaOf(name, { ...common, ...anything }), { ...fields });
  giveSchema(Defined as typeof Message, schemaOf(name, defaults));
  return Defined as unknown as DefinedMessageClass<Fields>;
}
