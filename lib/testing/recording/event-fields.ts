import { InvalidMessageError } from '../../errors/invalid-message-error.js';
import { isPlain } from '../../messages/freeze.js';
import { Message } from '../../messages/message.js';
import { isFact } from './recorded-error.js';
import type { RecordedEvent } from './recorded-event.js';

/** A kind of value that a field can have: what it is in words, and whether something is one. */
interface Kind {
  readonly words: string;
  is(value: unknown): boolean;
}

const text: Kind = { words: 'a text', is: (value) => typeof value === 'string' };
const object: Kind = { words: 'an object', is: isPlain };
const time: Kind = {
  words: 'a number of milliseconds',
  is: (value) => Number.isFinite(value) && (value as number) >= 0,
};
const run: Kind = { words: 'the id of a run, such as "2.1"', is: matches(/^[1-9]\d*(\.[1-9]\d*)*$/) };
const message: Kind = {
  words: 'the id of a message, such as "2.1>1"',
  is: matches(/^[1-9]\d*(\.[1-9]\d*)*[<>][1-9]\d*$/),
};
const error: Kind = { words: 'an error: { "name": …, "message": … }', is: isError };
const value: Kind = { words: 'a message: { "$type": …, "text": … }', is: isMessageJSON };

/** The fields of every type of event, in the order in which they are written. Those with a `?` may be missing. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  inquired: { run, 'parent?': run, agent: text, params: object },
  started: { run },
  finished: { run },
  cancelled: { run },
  failed: { run, error },
  received: { run, message, 'draft?': value },
  replied: { run, message, 'draft?': value },
  receivedAll: { run },
  repliedAll: { run },
  token: { message, token: text },
  resolved: { message, value },
  broken: { message, error },
};

const ERROR_AMONG_MESSAGES: Readonly<Record<string, Kind>> = { run, error };

/** What an object has to be in order to be an event. */
interface Shape {
  readonly name: string;
  readonly kind: Kind;
  readonly optional: boolean;
}

/** The fields that an event of this type has beside `at` and `type`, in order; undefined if there is no such type. */
function shapeOf(event: Readonly<Record<string, unknown>>): Shape[] | undefined {
  const type = event['type'];
  if (typeof type !== 'string' || !Object.hasOwn(FIELDS, type)) return undefined;
  const ofError = (type === 'received' || type === 'replied') && 'error' in event;
  const fields = Object.entries(ofError ? ERROR_AMONG_MESSAGES : (FIELDS[type] as Record<string, Kind>));
  return fields.map(([name, kind]) => ({ name: name.replace('?', ''), kind, optional: name.endsWith('?') }));
}

/** What is wrong with an event, if anything is. */
export interface Wrong {
  readonly expected: string;
  readonly value: unknown;
}

/** Looks whether a JSON value is an event: every field there, of its kind, and no other. */
export function wrongIn(event: unknown): Wrong | undefined {
  if (!isPlain(event)) return { expected: 'an event: { "at": …, "type": … }', value: event };
  const shape = shapeOf(event);
  if (!shape) return { expected: `a type of event (${Object.keys(FIELDS).join(', ')})`, value: event['type'] };
  const all: Shape[] = [{ name: 'at', kind: time, optional: false }, ...shape];
  for (const { name, kind, optional } of all) {
    if (optional && event[name] === undefined) continue;
    if (!kind.is(event[name])) return { expected: `${kind.words} as ${name}`, value: event[name] };
  }
  const names = ['type', ...all.map(({ name }) => name)];
  const other = Object.keys(event).find((name) => !names.includes(name));
  return other === undefined ? undefined : { expected: `only ${names.join(', ')}`, value: { [other]: event[other] } };
}

/** An event as one line of text, its fields in their order. */
export function lineOf(event: RecordedEvent): string {
  const names = ['at', 'type', ...(shapeOf(event as unknown as Record<string, unknown>) ?? []).map(({ name }) => name)];
  const fields = event as unknown as Record<string, unknown>;
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, fields[name]])));
}

function matches(pattern: RegExp): (value: unknown) => boolean {
  return (given) => typeof given === 'string' && pattern.test(given);
}

function isError(given: unknown): boolean {
  if (!isPlain(given) || typeof given['name'] !== 'string' || typeof given['message'] !== 'string') return false;
  const { facts = {} } = given;
  return isPlain(facts) && Object.values(facts).every(isFact);
}

/** Whether it has what every message has. A class of its own need not be defined where a recording is only read. */
function isMessageJSON(given: unknown): boolean {
  if (!isPlain(given) || typeof given['$type'] !== 'string' || typeof given['text'] !== 'string') return false;
  if (given['$type'] !== 'Message') return true;
  try {
    return Message.fromJSON(withoutClasses(given) as object) instanceof Message;
  } catch (problem) {
    if (problem instanceof InvalidMessageError) return false;
    throw problem;
  }
}

/** What is inside a message, without the classes of those inside. */
function withoutClasses(given: unknown): unknown {
  if (Array.isArray(given)) return given.map(withoutClasses);
  if (!isPlain(given)) return given;
  const entries = Object.entries(given).filter(([name]) => name !== '$type');
  return Object.fromEntries(entries.map(([name, inner]) => [name, withoutClasses(inner)]));
}
