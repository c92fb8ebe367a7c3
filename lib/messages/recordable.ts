import { describe } from '../errors/describe.js';
import { freeze, isPlain, wellFormed } from './freeze.js';

/** Deeper than anybody's parameters: what is told of them must not fail for it. */
const DEEPEST = 100;

/**
 * A value as it can be in a message: as it is where that is possible, and otherwise, or in those of its parts where it is not,
 * a text that says what it was: `fetch (function)`.
 *
 * @param around - what it is in: what contains itself is described where it does.
 */
export function recordable(value: unknown, around: readonly unknown[] = []): unknown {
  try {
    if (around.length > DEEPEST || around.includes(value)) return shown(value);
    if (Array.isArray(value)) return value.map((item) => recordable(item, [...around, value]));
    if (isPlain(value)) return recordableFields(value, around);
    return typeof value === 'string' ? wellFormed(value) : freeze(value, 'value');
  } catch {
    return shown(value);
  }
}

/** An object's fields; those that no message can have, such as `$type`, under a name that one can. */
export function recordableFields(
  object: Readonly<Record<string, unknown>>,
  around: readonly unknown[] = [],
): Record<string, unknown> {
  const fields = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(fields.map(([name, value]) => [permitted(name), recordable(value, [...around, object])]));
}

function permitted(name: string): string {
  return name === '$type' || name === '__proto__' ? `(${name})` : wellFormed(name);
}

function shown(value: unknown): string {
  return wellFormed(describe(value));
}
