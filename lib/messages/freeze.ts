import { isImmutable, isKeyed } from 'immutable';
import { describe } from '../errors/describe.js';
import { InvalidMessageError } from '../errors/invalid-message-error.js';
import { isMessage } from './brand.js';

/** How deep the data of a message may go; a cycle is deeper than any depth. */
const DEEPEST = 1000;

/**
 * A deeply frozen copy of a field's value: what a JSON value is, and messages, which are kept as they are. A Date becomes its
 * ISO text, an Immutable collection the array or object that it is like.
 *
 * @throws InvalidMessageError naming the innermost field, for whatever could change later or has no JSON form.
 */
export function freeze(value: unknown, field: string): unknown {
  try {
    return freezeValue(value, 0);
  } catch (error) {
    throw error instanceof Refusal ? error.at(field) : error;
  }
}

/** What cannot be in a message. The way to it is put together on the way out: it costs nothing where all is well. */
class Refusal extends Error {
  readonly path: (string | number)[] = [];

  constructor(
    readonly value: unknown,
    readonly expected: string,
  ) {
    super();
  }

  at(field: string): InvalidMessageError {
    const way = this.path.reverse().slice(0, 20);
    const where = field + way.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
    return new InvalidMessageError(where, `expected ${this.expected}; got ${describe(this.value)}`);
  }
}

function freezeValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string')
    return isWellFormed(value) ? value : refuse(value, 'text without half surrogate pairs');
  if (typeof value === 'number') return Number.isFinite(value) ? value : refuse(value, 'a finite number');
  if (typeof value === 'boolean' || value === null || isMessage(value)) return value;
  if (depth === DEEPEST) refuse(value, `at most ${DEEPEST} levels (is it a cycle?)`);
  if (Array.isArray(value)) return freezeArray(value, depth + 1);
  if (isPlain(value)) return freezeObject(value, depth + 1);
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toJSON();
  if (isImmutable(value) && hasKeysOfJson(value)) return freezeValue(value.toJSON(), depth);
  return refuse(value, 'a JSON value, a Message, a Date or an Immutable collection of such');
}

// Plain loops: the methods of Array and Object cost several times as much.
function freezeArray(array: readonly unknown[], depth: number): readonly unknown[] {
  const copy: unknown[] = [];
  try {
    for (let index = 0; index < array.length; index++) copy.push(freezeValue(array[index], depth));
  } catch (error) {
    throw within(copy.length, error);
  }
  return Object.freeze(copy);
}

function freezeObject(object: Readonly<Record<string, unknown>>, depth: number): object {
  const copy: Record<string, unknown> = {};
  let key = '';
  try {
    for (key in object) {
      const value = object[key];
      if (key === '$type' || key === '__proto__' || !isWellFormed(key))
        refuse(value, 'another key, this one is reserved');
      if (value !== undefined) copy[key] = freezeValue(value, depth);
    }
  } catch (error) {
    throw within(key, error);
  }
  return Object.freeze(copy);
}

function refuse(value: unknown, expected: string): never {
  throw new Refusal(value, expected);
}

function within(key: string | number, error: unknown): unknown {
  if (error instanceof Refusal) error.path.push(key);
  return error;
}

function hasKeysOfJson(collection: unknown): boolean {
  return !isKeyed(collection) || collection.every((_, key) => typeof key === 'string');
}

/** Whether it is an object of fields, and not of a class. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Half of a surrogate pair alone has no UTF-8 form, and so no canonical JSON (RFC 8785, 3.2.2.2). */
export function isWellFormed(text: string): boolean {
  return (text as { isWellFormed?: () => boolean }).isWellFormed?.() ?? !/\p{Surrogate}/u.test(text);
}

/** A text without half surrogate pairs, which none in a message can have. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
