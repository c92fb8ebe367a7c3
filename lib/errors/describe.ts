/**
 * Says what came where something else was expected: `42 (number)`, `[object Object] (Wallet)`. Never throws, whatever it is
 * given, and keeps to one short line.
 */
export function describe(value: unknown): string {
  return `${textOf(value)} (${kindOf(value)})`.replace(/\s+/g, ' ');
}

/** A value as text, of at most 60 characters; of a function its name. */
function textOf(value: unknown): string {
  return attempt(() => {
    const text =
      typeof value === 'function' ? value.name : typeof value === 'string' ? JSON.stringify(value) : String(value);
    return text.slice(0, 60);
  }, 'something');
}

/** The type of a value; of an object the name of its class. */
function kindOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value;
  return attempt(() => value.constructor.name.slice(0, 60), 'object');
}

/** What is worked out of a value that may throw at any touch; something else if it does. */
export function attempt(work: () => string, instead: string): string {
  try {
    return work();
  } catch {
    return instead;
  }
}
