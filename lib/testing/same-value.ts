import { is, isImmutable } from 'immutable';
import { isMessage } from '../messages/brand.js';
import { isPlain } from '../messages/freeze.js';

/** Whether two values are the same to whoever compares them: by Immutable's equality, and arrays, plain objects and errors by what is in them. */
export function isSameValue(one: unknown, other: unknown): boolean {
  if (is(one, other)) return true;
  if (isMessage(one) || isMessage(other) || isImmutable(one) || isImmutable(other)) return false;
  if (one instanceof Error && other instanceof Error) return one.name === other.name && one.message === other.message;
  if (Array.isArray(one) && Array.isArray(other)) return sameEntries(one, other);
  return isPlain(one) && isPlain(other) && sameEntries(one, other);
}

function sameEntries(one: object, other: object): boolean {
  const [keys, otherKeys] = [Object.keys(one), Object.keys(other)];
  if (keys.length !== otherKeys.length) return false;
  return keys.every(
    (key) => Object.hasOwn(other, key) && isSameValue(one[key as keyof object], other[key as keyof object]),
  );
}
