// How do I keep what was said? Every message is handed over once, by content, when it is whole. What it says is its identity:
// it comes back from JSON as an equal message of the same class, under the same key.
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { is } from 'immutable';
import { defineMessage, Message, miniagent, MiniAgents } from 'miniagents';

const Rating = defineMessage('Rating', { stars: 0 });

const critic = miniagent('critic', async (ctx) => {
  const [film] = await ctx.messages.resolve();
  return [`I saw ${film?.text}.`, new Rating({ text: 'Go and see it.', stars: 4 })];
});

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'miniagents-'));
  const file = join(folder, 'messages.jsonl');
  const miniAgents = new MiniAgents({
    onPersistMessages: (messages) =>
      appendFile(file, messages.map((message) => `${JSON.stringify(message)}\n`).join('')),
  });

  // `run` ends when all that was said is persisted. The second time nothing new is said.
  const said = await miniAgents.run(() => critic.inquire('Solaris'));
  await miniAgents.run(() => critic.inquire('Solaris'));

  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const read = lines.map((line) => Message.fromJSON(JSON.parse(line) as object));
  for (const message of read) console.log(`${message.hashKey.slice(0, 8)} ${message.inspect()}`);
  console.log(`the last one is equal to what was said: ${is(read.at(-1), said.last())}`);
  console.log(`and it is a Rating again: ${read.at(-1) instanceof Rating}`);
  await rm(folder, { recursive: true });
}

void main();
