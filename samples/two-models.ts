// How do I ask two models at once? Ask both: neither waits for the other, and their answers come in the order asked for. With
// OPENAI_API_KEY and ANTHROPIC_API_KEY set, these are the real ones; else a small server on this machine stands in for both.
import { miniagent, MiniAgents } from 'miniagents';
import { createAnthropicAgent } from 'miniagents/anthropic';
import { createOpenAIAgent } from 'miniagents/openai';
import { startStandIn } from './two-models/stand-in.js';

const openAI = createOpenAIAgent({ name: 'OpenAI', system: 'Answer in one sentence.' });
const anthropic = createAnthropicAgent({ name: 'Anthropic', system: 'Answer in one sentence.' });

const both = miniagent('both', (ctx) => [ctx.inquire(openAI, ctx.messages), ctx.inquire(anthropic, ctx.messages)]);

async function main(): Promise<void> {
  const { OPENAI_API_KEY, ANTHROPIC_API_KEY } = process.env;
  const stop = OPENAI_API_KEY && ANTHROPIC_API_KEY ? undefined : await startStandIn(process.env);

  await new MiniAgents().run(async () => {
    for await (const answer of both.inquire('Why is the sky blue?')) {
      console.log(`${answer.draft.name}:`);
      const { text, data } = await answer.resolve();
      console.log(`  ${text}`);
      console.log(`  (${JSON.stringify(data.usage)})`);
    }
  });
  stop?.();
}

void main();
