// Asks an agent, has what is said persisted, and prints what came of it as JSON:
// node answer.cjs <store> <location> <how many questions> <how long each> [the user to be]
import { Message, miniagent, MiniAgents } from 'miniagents';
import { NotPersistedError, persistTo, StoreError } from 'miniagents/store';
import { stores } from './stores.js';

/** What an asked agent answered, and what became of persisting it. */
export interface Outcome {
  readonly answers: number;
  readonly said: readonly string[];
  /** The keys of the messages in the last report. */
  readonly unsaved: readonly string[];
  readonly reports: readonly { readonly name: string; readonly message: string; readonly problem?: string }[];
}

async function main([name = '', location = '', count = '', length = '', user]: string[]): Promise<void> {
  const store = stores[name]?.(location);
  if (!store) throw new Error(`no store ${name}`);
  if (name === 'sqlite') await import('libsql');
  if (user) process.setuid?.(Number(user));
  const reports: unknown[] = [];
  const said: string[] = [];
  const miniAgents = new MiniAgents({ onUnhandledError: (error) => reports.push(error) });
  miniAgents.onPersistMessages(persistTo(store, { conversation: 'chat', attempts: 2, delayMs: 1 }));
  miniAgents.events$.subscribe((event) => event.type === 'resolved' && said.push(event.message.hashKey));
  const echo = miniagent('echo', (ctx) => ctx.messages);

  let answers = 0;
  for (let number = 0; number < Number(count); number++) {
    const question = new Message({ text: `${number} ${'x'.repeat(Number(length))}` });
    answers += (await miniAgents.run(() => echo.inquire(question))).size;
  }
  await store.close();
  const last = reports.at(-1);
  const outcome: Outcome = {
    answers,
    said,
    unsaved: last instanceof NotPersistedError ? last.messages.map(({ hashKey }) => hashKey) : [],
    reports: reports.map((report) => {
      const { name: kind, message, cause } = report as Error;
      return { name: kind, message, ...(cause instanceof StoreError ? { problem: cause.problem } : {}) };
    }),
  };
  process.stdout.write(JSON.stringify(outcome));
}

void main(process.argv.slice(2));
