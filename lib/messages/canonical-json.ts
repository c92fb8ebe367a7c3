/**
 * The canonical JSON (RFC 8785, https://www.rfc-editor.org/rfc/rfc8785) of a frozen value: keys in the order of their
 * UTF-16 code units, no white space. `refer` may put another text in the place of an object.
 */
export function canonicalJson(value: unknown, refer: (object: object) => string | undefined): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const reference = refer(value);
  if (reference !== undefined) return reference;
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, refer)).join(',')}]`;
  return canonicalObject(inOrder(Object.keys(value)), value as { [key: string]: unknown }, refer);
}

/** The canonical JSON of an object of which these are the keys, in their order; without those that hold nothing. */
export function canonicalObject(
  keys: readonly string[],
  values: { readonly [key: string]: unknown },
  refer: (object: object) => string | undefined,
): string {
  let json = '';
  for (const key of keys) {
    const value = values[key];
    if (value !== undefined) json += `${json && ','}${JSON.stringify(key)}:${canonicalJson(value, refer)}`;
  }
  return `{${json}}`;
}

function inOrder(keys: string[]): string[] {
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] as string) > (keys[i] as string)) return keys.sort();
  return keys;
}
