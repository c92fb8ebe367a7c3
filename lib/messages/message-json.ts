import { describe } from '../errors/describe.js';
import { InvalidMessageError } from '../errors/invalid-message-error.js';
import { isMessage, messageValues } from './brand.js';
import { isPlain } from './freeze.js';
import type { Message } from './message.js';

/** A message as plain JSON data: its fields, without those that hold nothing, and its class as `$type`. */
export interface MessageJSON {
  readonly $type: string;
  readonly text: string;
  readonly role?: string;
  readonly name?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

type MessageClass = { readonly prototype: Message; new (fields: object): Message };

const classes = new Map<string, MessageClass>();

/** Makes a class known by its name, for {@link revive}. A later class of the same name takes its place. */
export function registerClass(type: MessageClass): void {
  classes.set(type.prototype.schema.type, type);
}

/** The fields of a message that hold something, and its class; messages among them are messages still. */
export function fieldsOf(message: Message): MessageJSON {
  const { data, ...values } = message[messageValues];
  const json: Record<string, unknown> = { $type: message.schema.type };
  for (const field of Object.keys(values)) if (values[field] !== undefined) json[field] = values[field];
  if (!isEmpty(data)) json['data'] = data;
  return json as MessageJSON;
}

/** Whether the data of a message holds nothing. */
export function isEmpty(data: unknown): boolean {
  for (const _ in data as object) return false;
  return true;
}

/** A frozen value with the messages in it written out. */
export function writeOut(value: unknown): unknown {
  return mapInside(isMessage(value) ? fieldsOf(value) : value, writeOut);
}

/** A JSON value with the messages in it made messages. */
export function revive(json: unknown): unknown {
  if (!isPlain(json) || !('$type' in json)) return mapInside(json, revive);
  const { $type, ...fields } = json as unknown as MessageJSON;
  const type = classes.get($type);
  if (!type)
    throw new InvalidMessageError(
      '$type',
      `expected the name of a class made by defineMessage; got ${describe($type)}`,
    );
  return new type(mapInside(fields, revive) as object);
}

/**
 * The message that a JSON form describes.
 *
 * @throws InvalidMessageError for whatever else it is given.
 */
export function reviveMessage(json: unknown): unknown {
  if (!isPlain(json)) throw new InvalidMessageError('JSON', `expected an object; got ${describe(json)}`);
  try {
    return revive(json);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InvalidMessageError('JSON', 'nested too deep, or in a cycle');
  }
}

function mapInside(value: unknown, change: (inner: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]));
}
