// Do the agents that a reply is made of wait for each other? No: all of them run at once, and what they say still comes in
// the order in which they were asked. Async generators in the same places run one after the other.
import { setTimeout } from 'node:timers/promises';
import { miniagent, MiniAgents } from 'miniagents';

const QUERIES = [
  { query: 'slow', ms: 300 },
  { query: 'fast', ms: 100 },
  { query: 'medium', ms: 200 },
];

async function* search({ query, ms }: { query: string; ms: number }): AsyncGenerator<string> {
  yield `${query}: searching`;
  await setTimeout(ms);
  yield `${query}: found`;
}

async function* naiveResearch(): AsyncGenerator<string> {
  for (const query of QUERIES) yield* search(query);
}

// The same generator, as an agent.
const searcher = miniagent('searcher', (_ctx, query: { query: string; ms: number }) => search(query));

const research = miniagent('research', (ctx) => QUERIES.map((query) => ctx.inquire(searcher, null, query)));

async function timed(name: string, run: () => Promise<void>): Promise<number> {
  console.log(name);
  const start = performance.now();
  await run();
  return performance.now() - start;
}

async function main(): Promise<void> {
  const ofGenerators = await timed('Async generators:', async () => {
    for await (const line of naiveResearch()) console.log(`  ${line}`);
  });
  const ofAgents = await timed('Agents:', () =>
    new MiniAgents().run(async () => {
      for await (const message of research.inquire()) console.log(`  ${String(await message.resolve())}`);
    }),
  );
  console.log(`The agents took ${(ofAgents / ofGenerators).toFixed(2)} of the generators' time.`);
}

void main();
