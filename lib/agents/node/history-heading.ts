/** Who says a message, as its heading in a history tells. */
export interface Speaker {
  readonly role: string;
  readonly name?: string | undefined;
}

/** What stands under the headings that are written. With it, any role is one. */
export const UNDERLINE = '='.repeat(40);

/** The roles that a heading made by hand may have: other headings of that kind are what somebody says. */
const BY_HAND = /^(?:system|developer|user|assistant|tool)$/i;

/** The heading of a message: `role`, or `role / name`. A part that would not be read back as it is stands in JSON's quotes. */
export function writeHeading({ role, name }: Speaker): string {
  const first = isPlain(role) && !role.includes('/') ? role : JSON.stringify(role);
  return name === undefined ? first : `${first} / ${isPlain(name) ? name : JSON.stringify(name)}`;
}

/** Who a line names that stands over {@link UNDERLINE}. */
export function readHeading(line: string): Speaker | undefined {
  const [, role, name] = /^("(?:[^"\\]|\\.)*"|.+?)(?: +\/ +(.+))?$/s.exec(line.trim()) ?? [];
  return role === undefined ? undefined : { role: unquote(role), name: name === undefined ? name : unquote(name) };
}

/** Who a line names that may be a heading made by hand, of whatever kind: only some roles are, in any case. */
export function readHeadingByHand(line: string | undefined): Speaker | undefined {
  const speaker = line === undefined ? line : readHeading(line);
  return speaker && BY_HAND.test(speaker.role) ? { ...speaker, role: speaker.role.toLowerCase() } : undefined;
}

/** Who a line names that is a heading of the kind `# user`. */
export function readHashHeading(line: string): Speaker | undefined {
  return readHeadingByHand(/^ {0,3}# +(.*?)(?: +#+)?\s*$/s.exec(line)?.[1]);
}

/** Whether a line makes the one above it a heading. */
export function isUnderline(line: string | undefined): boolean {
  return line !== undefined && /^ {0,3}=+\s*$/.test(line);
}

function isPlain(part: string): boolean {
  return part !== '' && part === part.trim() && !/[\p{Cc}\u2028\u2029]|^"|^\\*=+$/u.test(part);
}

function unquote(part: string): string {
  try {
    const read: unknown = part.startsWith('"') ? JSON.parse(part) : part;
    return typeof read === 'string' ? read : part;
  } catch {
    return part;
  }
}
