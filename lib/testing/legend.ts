import { describeError } from '../errors/describe-error.js';
import { isMessage } from '../messages/brand.js';
import { isFailure } from '../scope/failure.js';
import { isMessagePromise } from '../streams/message-promise.js';
import type { MessagePromise } from '../streams/message-promise.js';
import { isSameValue } from './same-value.js';

const FREE = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A letter of a diagram, and what it stands for. */
export interface Lettered {
  readonly letter: string;
  readonly value: unknown;
}

/** Which letter stands for which value in a drawing: those that were given, and new ones for values that were not. */
export class Legend {
  readonly #entries: Lettered[];

  constructor(given: readonly Lettered[]) {
    this.#entries = [...new Map(given.map((each) => [each.letter, each])).values()];
  }

  letterOf(value: unknown): string {
    const known = this.#entries.find((entry) => isSameValue(entry.value, value));
    if (known) return known.letter;
    const taken = new Set(this.#entries.map(({ letter }) => letter));
    const own = typeof value === 'string' && FREE.includes(value) && value.length === 1 && !taken.has(value);
    const letter = own ? value : ([...FREE].find((free) => !taken.has(free)) ?? '?');
    if (letter !== '?') this.#entries.push({ letter, value });
    return letter;
  }

  /** A line for each letter that stands for something else than itself, of those that are in a drawing. */
  linesFor(drawing: string): string[] {
    return this.#entries
      .filter(({ letter, value }) => value !== letter && drawing.includes(letter))
      .map(({ letter, value }) => `${letter} = ${inWords(value)}`);
  }
}

/** A value on one line. */
export function inWords(value: unknown): string {
  if (isMessage(value)) return (value as unknown as { inspect(): string }).inspect();
  if (value instanceof Error) return describeError(value);
  if (isMessagePromise(value)) return `the promise of ${inWords(messageOf(value))}`;
  return (typeof value === 'string' ? JSON.stringify(value) : (asJson(value) ?? String(value))).slice(0, 500);
}

/** What a message has become; as long as it is not whole, what is known of it. */
function messageOf(promise: MessagePromise): unknown {
  const settled = promise.settled() ?? promise.draft;
  return isFailure(settled) ? settled.error : settled;
}

function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
