import { Observable } from 'rxjs';
import type { MessagePromise } from 'miniagents';
import type { Contender, Make, Row } from './harness/row.js';
import { Counter } from './fixtures/counter.js';

const MESSAGES = 200;
const TOKENS = 2_000;

let made = 0;

/** A token as it comes off a wire: a string of its own, that shares nothing with others. */
function token(): string {
  return Buffer.from(`word${1000 + (made++ % 9000)} `).toString('latin1');
}

/** How many bytes per token there are more after `make` than before, as long as what it gives is held. */
async function held(make: () => unknown): Promise<{ bytes: number }> {
  const before = memory();
  const kept = await make();
  const bytes = (memory() - before) / MESSAGES / TOKENS;
  if (kept === undefined) throw new Error('expected something to hold');
  return { bytes };
}

function memory(): number {
  for (let round = 0; round < 3; round++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function arrays(): Contender {
  const make = () => Array.from({ length: MESSAGES }, () => Array.from({ length: TOKENS }, token));
  return { run: () => held(make) };
}

async function messages(read: (message: MessagePromise) => Promise<void>): Promise<Contender> {
  const { Message } = await import('miniagents');
  const tokens = new Observable<string>((subscriber) => {
    for (let index = 0; index < TOKENS; index++) subscriber.next(token());
    subscriber.complete();
  });
  const make = async () => {
    const kept: MessagePromise[] = [];
    for (let index = 0; index < MESSAGES; index++) {
      const message = Message.stream(tokens, { role: 'assistant' });
      await read(message);
      kept.push(message);
    }
    return kept;
  };
  return { run: () => held(make) };
}

async function iterate(message: MessagePromise): Promise<void> {
  const counter = new Counter();
  for await (const token of message) counter.onToken(token);
  counter.told(TOKENS);
}

/** Everybody who comes after the end gets every token, too. */
async function late(message: MessagePromise): Promise<void> {
  await message.resolve();
  await iterate(message);
  const counter = new Counter();
  message.subscribe(counter.onToken);
  counter.told(TOKENS);
}

const ours: Record<string, Make> = {
  'read by nobody': () => messages(async () => {}),
  'for await': () => messages(iterate),
  'resolve(), then late readers': () => messages(late),
  'resolve(), hashKey': () => messages(async (message) => void (await message.resolve()).hashKey),
};

export const memoryOfMessages: Row = {
  name: 'W4',
  what: `bytes held per token of ${MESSAGES} finished messages of ${TOKENS} tokens; late readers get every one`,
  limit: '0.29',
  contenders: { 'arrays of strings': arrays, ...ours },
  aims: [
    {
      what: 'bytes × arrays of strings',
      metric: 'bytes',
      ours: Object.keys(ours),
      against: 'arrays of strings',
      atMost: 0.5,
    },
  ],
  units: { bytes: 'B' },
  rounds: 3,
  turnMs: 0,
  warmUpMs: 1,
  execArgv: ['--expose-gc'],
};
