// What happens when an agent fails? What it said before still arrives, then the error, there where the agent is read. Or the
// error is a message among the others, and what comes after it is read too. What nobody reads is reported, and ends nothing.
import { ErrorMessage, miniagent, MiniAgents } from 'miniagents';

const faulty = miniagent('faulty', (ctx) => {
  ctx.reply('before');
  throw new RangeError('boom');
});

const around = miniagent('around', (ctx) => {
  ctx.reply('first');
  ctx.reply(ctx.inquire(faulty));
  ctx.reply('last');
});

async function main(): Promise<void> {
  const onUnhandledError = (error: unknown, path: string) => console.log(`reported: ${String(error)} (in ${path})`);

  await new MiniAgents({ onUnhandledError }).run(async () => {
    console.log('An error is thrown where the replies are read:');
    try {
      for await (const message of around.inquire()) console.log(`  ${String(await message.resolve())}`);
    } catch (error) {
      console.log(`  caught: ${String(error)}`);
    }

    console.log('Errors as messages:');
    for (const message of await around.inquire(null, { errorsAsMessages: true }).resolve()) {
      console.log(`  ${message.text}${message instanceof ErrorMessage ? ' (an ErrorMessage)' : ''}`);
    }

    console.log('Nobody reads this one:');
    faulty.inquire();
  });
}

void main();
