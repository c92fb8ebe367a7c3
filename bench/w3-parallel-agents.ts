import type { Contender, Make, Row, Sample } from './harness/row.js';
import { carrying } from './fixtures/carrying.js';
import { Counter } from './fixtures/counter.js';
import { leaves, type Leaf } from './fixtures/leaves.js';
import { readers, type Reading } from './fixtures/readers.js';
import { generate, words } from './fixtures/words.js';

const TOKENS = 20;
const tokens = words(TOKENS);

/** Tokens that have come and are to be read later. */
interface Queue {
  readonly tokens: string[];
  ended: boolean;
  wake(): void;
}

/** Reads a generator at once, whenever its queue is read. */
function pump(source: AsyncGenerator<string, void>): Queue {
  const queue: Queue = { tokens: [], ended: false, wake() {} };
  const read = async () => {
    for await (const token of source) {
      queue.tokens.push(token);
      queue.wake();
    }
    queue.ended = true;
    queue.wake();
  };
  void read();
  return queue;
}

/** Gives one queue after the other, the tokens of each as they come. */
async function* inOrder(queues: readonly Queue[]): AsyncGenerator<string, void> {
  for (const queue of queues) {
    for (let next = 0; next < queue.tokens.length || !queue.ended;) {
      if (next < queue.tokens.length) yield queue.tokens[next++] as string;
      else await new Promise<void>((resolve) => (queue.wake = resolve));
    }
  }
}

const generators = 'async generators';
const carryingGenerators = 'async generators, with a context';

function baseline(count: number): Contender & { run(): Promise<Sample> } {
  const run = async () => {
    const counter = new Counter();
    const queues = Array.from({ length: count }, () => pump(generate(tokens)));
    for await (const token of inOrder(queues)) counter.onToken(token);
    return counter.told(count * TOKENS);
  };
  return { units: count, run };
}

async function agents(count: number, leaf: Leaf, reading: Reading): Promise<Contender> {
  const { Message, miniagent } = await import('miniagents');
  const worker = miniagent('worker', () => Message.stream(leaves[leaf](tokens)));
  const boss = miniagent('boss', (ctx) => {
    for (let index = 0; index < count; index++) ctx.reply(worker.inquire(`question ${index}`));
  });
  const run = async () => {
    const counter = new Counter();
    await readers[reading](boss.inquire(), counter.onToken);
    return counter.told(count * TOKENS);
  };
  return { units: count, run };
}

function parallelAgents(count: number, atMost: number, limit: string): Row {
  const ours: Record<string, Make> = {
    'Observable leaf, tokens$': () => agents(count, 'Observable', 'tokens$'),
    'Observable leaf, for await': () => agents(count, 'Observable', 'for await'),
    'generator leaf, tokens$': () => agents(count, 'generator', 'tokens$'),
    'generator leaf, for await': () => agents(count, 'generator', 'for await'),
  };
  const aim = { ours: Object.keys(ours), against: generators };
  return {
    name: `W3 ${count}`,
    what: `${count} parallel agents of ${TOKENS} tokens, one ordered sequence: CPU per agent`,
    limit,
    contenders: {
      [generators]: () => baseline(count),
      [carryingGenerators]: () => ({ ...baseline(count), run: () => carrying(baseline(count).run) }),
      ...ours,
    },
    aims: [
      { what: `CPU × ${generators}`, metric: 'cpu', ...aim, atMost },
      { what: `CPU × ${carryingGenerators}`, metric: 'cpu', ...aim, against: carryingGenerators, atMost },
      { what: 'first token × async generators', metric: 'first', ...aim, atMost: 2 },
      { what: 'peak memory × async generators', metric: 'peak', ...aim, atMost: 1 },
    ],
    units: { first: 'ms', peak: 'MB' },
    rounds: count > 1000 ? 4 : 7,
  };
}

export const thousandAgents = parallelAgents(1_000, 1, '0.44');
export const tenThousandAgents = parallelAgents(10_000, 0.8, '0.28');
