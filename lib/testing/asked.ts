import { is } from 'immutable';
import type { List } from 'immutable';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { isMessage } from '../messages/brand.js';
import { isPlain } from '../messages/freeze.js';
import { Message } from '../messages/message.js';
import type { MessageFields } from '../messages/message.js';
import { inWords } from './legend.js';

/** What one message is expected to be: its text, a part of that, or the whole message, by value. */
export type AskedMessage = string | RegExp | Message | MessageFields;

/**
 * What an agent is expected to be asked. One message stands for the last one, whatever was said before it; an array for all of
 * them, one by one. A function is given all of them, and the parameters of the call.
 */
export type Asked =
  | AskedMessage
  | readonly AskedMessage[]
  | ((messages: List<Message>, params: Readonly<Record<string, unknown>>) => boolean);

/** Whether a question is what is expected. */
export function isAsked(expected: Asked, messages: List<Message>, params: Readonly<Record<string, unknown>>): boolean {
  if (typeof expected === 'function') return expected(messages, params);
  if (!isList(expected)) return fits(expected, messages.last());
  return expected.length === messages.size && expected.every((each, index) => fits(each, messages.get(index)));
}

/** @throws InvalidArgumentError for what is no {@link Asked}, or no message's fields. */
export function checkAsked(expected: Asked): void {
  for (const each of isList(expected) ? expected : [expected]) {
    if (typeof each === 'string' || typeof each === 'function' || each instanceof RegExp || isMessage(each)) continue;
    if (!isPlain(each))
      throw new InvalidArgumentError('a text, a RegExp, a message or a function as what is asked', each);
    new Message(each);
  }
}

/** What is expected, on one line. */
export function askedInWords(expected: Asked): string {
  if (isList(expected)) return `[${expected.map(askedInWords).join(', ')}]`;
  if (typeof expected === 'function') return expected.name || String(expected).replace(/\s+/g, ' ').slice(0, 100);
  return expected instanceof RegExp ? String(expected) : inWords(expected);
}

/** A question, on one line: of a message that is nothing but a text, the text. */
export function questionInWords(messages: List<Message>): string {
  const each = messages.map((message) =>
    is(message, new Message({ text: message.text })) ? inWords(message.text) : inWords(message),
  );
  return each.isEmpty() ? 'nothing' : each.join(', ');
}

function fits(expected: AskedMessage, message: Message | undefined): boolean {
  if (!message) return false;
  if (typeof expected === 'string') return message.text === expected;
  if (expected instanceof RegExp) return message.text.search(expected) >= 0;
  return is(message, isMessage(expected) ? expected : new Message(expected));
}

function isList(expected: Asked): expected is readonly AskedMessage[] {
  return Array.isArray(expected);
}
