import type { Contender, Make, Row } from './harness/row.js';
import { carrying } from './fixtures/carrying.js';
import { Counter } from './fixtures/counter.js';
import { leaves, type Leaf } from './fixtures/leaves.js';
import { readers, type Reading } from './fixtures/readers.js';
import { generate, words } from './fixtures/words.js';

const TOKENS = 2_000;
const LEVELS = 16;
const tokens = words(TOKENS);

async function* level(inner: AsyncGenerator<string, void>, name: string): AsyncGenerator<string, void> {
  yield name;
  for await (const token of inner) yield token;
}

const generators = 'async generators';
const carryingGenerators = 'async generators, with a context';

function baseline(): Contender & { run(): Promise<void> } {
  const run = async () => {
    let top = generate(tokens);
    for (let index = 0; index < LEVELS; index++) top = level(top, `level ${index}`);
    const counter = new Counter();
    for await (const token of top) counter.onToken(token);
    counter.told(TOKENS + LEVELS);
  };
  return { units: TOKENS, run };
}

async function agents(leaf: Leaf, reading: Reading): Promise<Contender> {
  const { Message, miniagent } = await import('miniagents');
  let top = miniagent('leaf', () => Message.stream(leaves[leaf](tokens)));
  for (let index = 0; index < LEVELS; index++) {
    const inner = top;
    top = miniagent(`level ${index}`, (ctx) => {
      ctx.reply(`level ${index}`);
      ctx.reply(inner.inquire(ctx.messages));
    });
  }
  const run = async () => {
    const counter = new Counter();
    await readers[reading](top.inquire('question'), counter.onToken);
    counter.told(TOKENS + LEVELS);
  };
  return { units: TOKENS, run };
}

const ours: Record<string, Make> = {
  'Observable leaf, tokens$': () => agents('Observable', 'tokens$'),
  'Observable leaf, for await': () => agents('Observable', 'for await'),
  'callbacks leaf, tokens$': () => agents('callbacks', 'tokens$'),
  'callbacks leaf, for await': () => agents('callbacks', 'for await'),
  'generator leaf, tokens$': () => agents('generator', 'tokens$'),
  'generator leaf, concatAll': () => agents('generator', 'concatAll'),
  'generator leaf, for await': () => agents('generator', 'for await'),
};

export const nestedAgents: Row = {
  name: 'W2',
  what: `${TOKENS} tokens through ${LEVELS} nested agents, each adding a message: CPU per token`,
  limit: '0.08–0.13',
  contenders: {
    [generators]: baseline,
    [carryingGenerators]: () => ({ ...baseline(), run: () => carrying(baseline().run) }),
    ...ours,
  },
  aims: [generators, carryingGenerators].map((against) => ({
    what: `CPU × ${against}`,
    metric: 'cpu',
    ours: Object.keys(ours),
    against,
    atMost: 0.3,
  })),
};
