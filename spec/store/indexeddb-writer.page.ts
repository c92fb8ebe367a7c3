// Runs in a page: looks whether all that is there is whole, and writes until the browser is killed.
import { indexedDbStore } from 'miniagents/store/indexeddb';
import { all, expectSame } from './cases.js';
import { messageOf } from './programs/writing.js';

const store = indexedDbStore('kill');
const page = globalThis as unknown as WriterPage;

/** What the program puts on its page, and what the page has for it. */
export interface WriterPage {
  look(): Promise<number>;
  write(number: number): Promise<void>;
  acknowledge(to: number): void;
}

/** How many messages are there: all from the first on, each as it was written. */
async function look(): Promise<number> {
  const messages = await all(store.replay('chat'));
  expectSame(
    messages,
    messages.map((_, number) => messageOf(number)),
  );
  return messages.length;
}

async function write(number: number): Promise<void> {
  for (let to = number; ; number = to) {
    to = number + 1 + Math.floor(Math.random() * 10);
    const messages = Array.from({ length: to - number }, (_, place) => messageOf(number + place));
    await store.append(messages, { conversation: 'chat' });
    page.acknowledge(to);
  }
}

Object.assign(page, { look, write });
