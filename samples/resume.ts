// How does a conversation go on after a restart? Its messages are kept in a file. Another process replays them, the same ones
// under the same keys, and an agent that is asked them and one question more continues it.
//
// Run it several times: node … samples/resume.ts [file] [question …]
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom, toArray } from 'rxjs';
import { Message, miniagent, MiniAgents } from 'miniagents';
import { persistTo } from 'miniagents/store';
import { jsonlStore } from 'miniagents/store/jsonl';

const [file = join(tmpdir(), 'miniagents-resume.jsonl'), ...words] = process.argv.slice(2);
const store = jsonlStore(file);
const conversation = 'chat';

/** Stands in for a model: it knows what it was asked, and nothing else. */
const assistant = miniagent('assistant', async (ctx) => {
  const said = await ctx.messages.resolve();
  const asked = said.filter(({ role }) => role === 'user');
  const text = `You asked ${asked.size} so far. You began with: ${asked.first()?.text}`;
  return { role: 'assistant', text, data: { turn: said.size } };
});

async function main(): Promise<void> {
  const said = await lastValueFrom(store.replay(conversation).pipe(toArray()));
  for (const message of said) console.log(`${message.hashKey.slice(0, 8)} ${message.role}: ${message.text}`);
  console.log(said.length === 0 ? '(a new conversation)' : '(goes on)');

  // A conversation has each message once: its turn tells one from the same words said before.
  const question = new Message({ role: 'user', text: words.join(' ') || 'And now?', data: { turn: said.length } });
  const miniAgents = new MiniAgents({ onPersistMessages: persistTo(store, { conversation }) });
  const replies = await miniAgents.run(() => assistant.inquire([store.replay(conversation), question]));

  for (const message of [question, ...replies])
    console.log(`${message.hashKey.slice(0, 8)} ${message.role}: ${message.text}`);
  await store.close();
}

void main();
