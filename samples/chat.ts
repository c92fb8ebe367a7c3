// A chat in the terminal, whose history is still there after a restart: in a Markdown file, which may be edited.
//
//   npm run chat                 the history is in chat.md
//   npm run chat -- other.md     or in another file
//   echo 'What is an agent?' | npm run --silent chat
//
// With OPENAI_API_KEY, OPENAI_BASE_URL (a server of your own) or ANTHROPIC_API_KEY set it asks that model; without, it answers
// from this repository's documents. Ctrl-C in mid-answer stops the answer; at the prompt it leaves, as Ctrl-D does.
import { resolve } from 'node:path';
import { Subject } from 'rxjs';
import { CancelledError, MiniAgents } from 'miniagents';
import { dialogLoop, userAgent } from 'miniagents/agents';
import { consoleInputAgent, consoleOutputAgent, markdownHistoryAgent } from 'miniagents/agents/node';
import { chooseAssistant } from './chat/assistants.js';
import { interruptible } from './chat/interruptible.js';

async function main(): Promise<void> {
  const [file = 'chat.md'] = process.argv.slice(2);
  const history = markdownHistoryAgent({ file: resolve(process.env.INIT_CWD ?? '.', file) });
  const earlier = await history.inquire(null, { full: true }).resolve();
  const questions = earlier.filter(({ role, text }) => role === 'user' && !text.includes('\n'));
  const assistant = chooseAssistant(process.env, process.stdout.isTTY);
  console.error(assistant.description);
  console.error(`The conversation is kept in ${file}: ${earlier.size || 'no'} messages so far.\n`);

  const miniAgents = new MiniAgents();
  const interrupt$ = new Subject<void>();
  process.on('SIGINT', () => {
    if (interrupt$.observed) return interrupt$.next();
    process.exitCode = 130;
    miniAgents.cancel('Ctrl-C');
  });
  const user = userAgent({
    output: consoleOutputAgent(),
    input: consoleInputAgent({ prompt: 'you: ', history: questions.map(({ text }) => text).toArray() }),
    history,
  });
  const dialog = dialogLoop({ user, assistant: interruptible(assistant.agent, interrupt$) });
  await miniAgents.run(() => dialog.inquire());
}

main().catch((error: unknown) => {
  if (error instanceof CancelledError) return;
  console.error(String(error));
  process.exitCode = 1;
});
