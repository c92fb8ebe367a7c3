import { describe } from '../errors/describe.js';
import { InvalidMessageError } from '../errors/invalid-message-error.js';
import { messageValues } from './brand.js';
import { freeze, isPlain, isWellFormed } from './freeze.js';

/** The fields of a message, as they are given to `new Message({…})`. All of them may be left out. */
export interface MessageFields {
  /** What is said. */
  readonly text?: string | undefined;
  /** Whose part it is in a conversation, in the providers' words: `user`, `assistant`, `system` … */
  readonly role?: string | undefined;
  /** Who said it. */
  readonly name?: string | undefined;
  /** All further fields: JSON values, Dates (kept as ISO text), messages, and Immutable collections of these. */
  readonly data?: object | undefined;
}

/** The values of a message's fields. */
export type MessageValues = Readonly<Record<string, unknown>>;

/** What a message class has. */
export interface MessageSchema {
  /** Its name in JSON. */
  readonly type: string;
  /** Its fields, with what they are where they are not given: an object without a prototype. */
  readonly defaults: MessageValues;
  /** Its fields beside those that every message has. */
  readonly further: readonly string[];
  /** What its JSON has, in canonical order. */
  readonly sorted: readonly string[];
}

/** The schema of a class with such fields. */
export function schemaOf(type: string, fields: MessageValues): MessageSchema {
  // Made so, and not by Object.create(null), it is as fast to read as other objects.
  const defaults = Object.freeze(Object.setPrototypeOf({ ...fields }, null) as MessageValues);
  const names = Object.keys(defaults);
  const further = names.filter((field) => !['text', 'role', 'name', 'data'].includes(field));
  return { type, defaults, further, sorted: ['$type', ...names].sort() };
}

/**
 * Takes in the fields that a message is made of: each one known to the schema, of its default's kind, and deeply frozen. What
 * was frozen `before` is not copied.
 *
 * @throws InvalidMessageError naming the field.
 */
export function admit({ type, defaults, further }: MessageSchema, given: object, before = defaults): MessageValues {
  if (!isPlain(given)) throw new InvalidMessageError(type, `expected an object of fields; got ${describe(given)}`);
  // What a message was spread into has its values, and its own fields over them.
  const fields = messageValues in given ? { ...(given[messageValues] as MessageValues), ...given } : given;
  for (const field in fields) {
    if (field in defaults) continue;
    const known = Object.keys(defaults).join(', ');
    throw new InvalidMessageError(field, `${type} has only ${known}: put it into data, or use defineMessage`);
  }
  const { text, role, name, data } = fields;
  // One literal: several times faster than a copy in a loop.
  const values: Record<string, unknown> = {
    text: takeField('text', text, before, defaults),
    role: takeField('role', role, before, defaults),
    name: takeField('name', name, before, defaults),
    data: takeField('data', data, before, defaults),
  };
  for (const field of further) {
    const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
    values[field] = takeField(field, value, before, defaults);
  }
  return Object.freeze(values);
}

function takeField(field: string, given: unknown, before: MessageValues, defaults: MessageValues): unknown {
  const byDefault = defaults[field];
  const value = given ?? byDefault;
  if (typeof value === 'string' && typeof (byDefault ?? '') === 'string' && isWellFormed(value)) return value;
  return value === byDefault || value === before[field] ? value : freezeField(field, value, byDefault);
}

/** A field takes what is of the same kind as its default; one without any, as `role` and `name`, text; one whose default is null, anything. */
function freezeField(field: string, value: unknown, byDefault: unknown): unknown {
  const frozen = freeze(value, field);
  if (field === 'data' && !isPlain(frozen))
    throw new InvalidMessageError(field, `expected an object of fields; got ${describe(value)}`);
  const expected = byDefault === undefined ? 'string' : kindOf(byDefault);
  if (expected === 'null' || kindOf(frozen) === expected) return frozen;
  throw new InvalidMessageError(field, `expected ${expected}; got ${describe(value)}`);
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}
