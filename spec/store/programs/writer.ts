// Writes messages into a conversation until it is killed, and prints the numbers of those that are durable, as they are:
// node writer.cjs <store> <location> <conversation>
import { setTimeout } from 'node:timers/promises';
import type { MessageStore } from 'miniagents/store';
import { stores } from './stores.js';
import { messageOf } from './writing.js';

let number = 0;

async function write(store: MessageStore, conversation: string): Promise<void> {
  for (;;) {
    const count = 1 + Math.floor(Math.random() * 30);
    const [from, to] = [number, number + count];
    number = to;
    const messages = Array.from({ length: count }, (_, place) => messageOf(from + place));
    await store.append(messages, { conversation });
    process.stdout.write(`${from} ${to}\n`);
    if (Math.random() < 0.2) await setTimeout(1);
  }
}

async function main([name = '', location = '', conversation = '']: string[]): Promise<void> {
  const store = stores[name]?.(location);
  if (store) await Promise.all([1, 2, 3].map(() => write(store, conversation)));
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
