// What is an agent? A function from messages to messages. Here one is asked with the reply of the other.
import { miniagent, MiniAgents } from 'miniagents';

const agent1 = miniagent('agent1', (ctx) => {
  ctx.reply('Hello from Agent 1!');
});

const agent2 = miniagent('agent2', async (ctx) => {
  const [message] = await ctx.messages.resolveMessages();
  ctx.reply(`Agent 2 received: ${message?.text}`);
});

async function main(): Promise<void> {
  await new MiniAgents().run(async () => {
    const replies = agent2.inquire(agent1.inquire());
    console.log(String(await replies.resolveMessages()));
  });
}

void main();
