import { Subject } from 'rxjs';
import type { Contender, Make, Row } from './harness/row.js';
import { expectCount, words } from './fixtures/words.js';

// Many, so that what is made for a run and thrown away after it does not count much.
const TOKENS = 5_000;

/** Where the tokens of the last message come from, and how many snapshots there have been. */
interface Growing {
  readonly source: Subject<string>;
  shown: number;
}

async function conversation(history: number, count: number): Promise<Contender> {
  const { Message, MessageSequence } = await import('miniagents');
  const tokens = words(count);
  const texts = Array.from({ length: history }, (_, index) => `message ${index}`);
  const prepare = () => {
    const growing: Growing = { source: new Subject(), shown: 0 };
    const sequence = MessageSequence.from([...texts, Message.stream(growing.source)]);
    sequence.snapshots$.subscribe(() => growing.shown++);
    growing.shown = 0;
    return growing;
  };
  const run = (growing: Growing) => {
    for (const token of tokens) growing.source.next(token);
    expectCount(growing.shown, count);
  };
  return { units: count, prepare, run };
}

const sizes = ['10', '1000', '10000'];
const lengths = ['1000', '5000', '20000'];

export const history: Row = {
  name: 'Growth: history',
  what: 'snapshots$ of a conversation with so many messages: CPU per new token',
  limit: '1.0',
  contenders: Object.fromEntries(sizes.map((size): [string, Make] => [size, () => conversation(Number(size), TOKENS)])),
  aims: [{ what: 'CPU × with 10 messages', metric: 'cpu', ours: ['1000', '10000'], against: '10', atMost: 1.5 }],
};

export const longMessage: Row = {
  name: 'Growth: length',
  what: 'snapshots$ of a message of so many tokens: CPU per token',
  limit: '1.0',
  contenders: Object.fromEntries(
    lengths.map((length): [string, Make] => [length, () => conversation(0, Number(length))]),
  ),
  aims: [{ what: 'CPU × with 1,000 tokens', metric: 'cpu', ours: ['5000', '20000'], against: '1000', atMost: 1.5 }],
};
