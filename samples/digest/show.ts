import { ErrorMessage, type MessageSequence } from 'miniagents';
import { Heading } from './heading.js';
import type { Page } from './page.js';

/**
 * Writes messages one after the other, each token as it comes. All of them are under way meanwhile.
 *
 * @returns how many of them are errors, or end with one.
 */
export async function show(messages: MessageSequence, page: Page): Promise<number> {
  let errors = 0;
  for await (const message of messages) {
    if (message.draft instanceof Heading) page.heading(message.draft.text);
    else if (message.draft instanceof ErrorMessage) page.error(message.draft.text);
    else {
      for await (const token of message) page.text(token);
      page.end();
    }
    if ((await message.resolve()) instanceof ErrorMessage) errors++;
  }
  return errors;
}
