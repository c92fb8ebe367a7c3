// How do I stop it all? Cancel what you hold: everything that was started inside it stops with it, to any depth, requests and
// timers included. Three of the ways: `cancel()`, an AbortSignal, and, for `agent(x)`, an unsubscribe.
import { setTimeout } from 'node:timers/promises';
import { concatAll } from 'rxjs';
import { CancelledError, miniagent, MiniAgents, type MessageSequence } from 'miniagents';

/** Would take a minute. `ctx.signal` is for whatever takes a signal: here a timer, elsewhere `fetch`. */
const slow = miniagent('slow', async (ctx) => {
  ctx.signal.addEventListener('abort', () => console.log('  (slow is stopped)'));
  ctx.reply('so far, so good');
  await setTimeout(60_000, undefined, { signal: ctx.signal });
  ctx.reply('never said');
});

const boss = miniagent('boss', (ctx) => ctx.inquire(slow));

async function read(replies: MessageSequence): Promise<void> {
  try {
    for await (const message of replies) console.log(`  ${String(await message.resolve())}`);
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    console.log(`  ${error.name}: ${error.message}`);
  }
}

async function main(): Promise<void> {
  await new MiniAgents().run(async () => {
    console.log('cancel()');
    const replies = boss.inquire();
    const reading = read(replies);
    await setTimeout(20);
    replies.cancel('enough');
    await reading;

    console.log('an AbortSignal');
    await read(boss.inquire(null, { signal: AbortSignal.timeout(20) }));

    console.log('an unsubscribe');
    const subscription = boss('go')
      .pipe(concatAll())
      .subscribe((token) => console.log(`  ${token}`));
    await setTimeout(20);
    subscription.unsubscribe();
  });
  console.log('All of it has ended.');
}

void main();
