import type { RecordedError } from '../recording/recorded-event.js';
import type { Mark, ToldMessage } from './story.js';

/** So much of a text is looked at for its first words. */
const ENOUGH = 2000;

/** The text of a message, or what there is of it. */
export function textOf({ whole, tokens }: ToldMessage): string {
  return whole?.text ?? tokens.join('');
}

/** An error in one line: `RangeError: boom`. */
export function errorText({ name, message }: RecordedError): string {
  return message === '' ? name : `${name}: ${message}`;
}

/** What stands next to a mark: the first words of a message, or what is wrong. */
export function wordsOf({ error, message }: Mark): string {
  if (error) return errorText(error);
  if (!message) return '';
  const text = beginningOf(message);
  if (text.trim() !== '') return text;
  const { $type = '', data } = message.whole ?? {};
  if (data) return `${$type} ${JSON.stringify(data).slice(0, ENOUGH)}`;
  return message.whole ? `(empty ${$type})` : '(no text yet)';
}

function beginningOf({ whole, tokens }: ToldMessage): string {
  if (whole) return whole.text.slice(0, ENOUGH);
  let text = '';
  for (let index = 0; index < tokens.length && text.length < ENOUGH; index++) text += tokens[index];
  return text;
}
