// How do I talk with an agent while it runs? Send a Subject: what goes into it arrives at once, and so do the replies.
import { concatMap, map, Subject } from 'rxjs';
import { miniagent, MiniAgents } from 'miniagents';

const echo = miniagent('echo', (ctx) =>
  ctx.messages.pipe(
    concatMap((message) => message.whole$),
    map((message) => `You said: ${message.text}`),
  ),
);

async function main(): Promise<void> {
  await new MiniAgents().run(async () => {
    const input = new Subject<string>();
    const replies = echo.inquire(input)[Symbol.asyncIterator]();
    for (const text of ['Hello', 'World']) {
      console.log(`> ${text}`);
      input.next(text);
      const { value: reply } = await replies.next();
      console.log(`< ${String(await reply?.resolve())}`);
    }
    input.complete();
    const { done } = await replies.next();
    console.log(done ? 'The agent has ended, too.' : 'There is more.');
  });
}

void main();
