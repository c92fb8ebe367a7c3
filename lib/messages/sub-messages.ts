import { isMessage, messageValues } from './brand.js';
import type { Message } from './message.js';

/**
 * Every message inside a message, at any depth and each once, those that others refer to before the ones that do.
 * Left out, with all that is inside them, are those that the caller knows already. No depth of nesting overflows the stack.
 */
export function* subMessages(message: Message, known: (inner: Message) => boolean): IterableIterator<Message> {
  const seen = new Set<Message>();
  const path = [{ owner: message, inside: inside(message) }];
  for (let top = path[0]; top; top = path.at(-1)) {
    const next = top.inside.pop();
    if (next === undefined) {
      path.pop();
      if (path.length > 0) yield top.owner;
    } else if (!seen.has(next) && !known(next)) {
      seen.add(next);
      path.push({ owner: next, inside: inside(next) });
    }
  }
}

/** The messages directly inside, the last one first. */
function inside(message: Message): Message[] {
  const found: Message[] = [];
  collect(message[messageValues], found);
  return found.reverse();
}

function collect(value: unknown, found: Message[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (isMessage(value)) found.push(value);
  else for (const key of Object.keys(value)) collect((value as Record<string, unknown>)[key], found);
}
