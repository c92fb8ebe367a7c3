import { expect } from 'chai';
import { CancelledError, miniagent, MiniAgents } from 'miniagents';
import { concatMap, finalize, map, Subject } from 'rxjs';
import { texts, turn } from '../laws/support.js';

const echo = miniagent('echo', (ctx) =>
  ctx.messages.pipe(
    concatMap((message) => message.whole$),
    map((message) => `echo ${message.text}`),
  ),
);

describe('parity: lives', () => {
  describe('an input that is left open', () => {
    it('keeps a run open until it ends; what was sent is answered (B7)', async () => {
      const input = new Subject<string>();
      let ended = false;
      const run = new MiniAgents().run(() => echo.inquire(input)).then((replies) => ((ended = true), replies));
      await turn();
      input.next('1');
      input.next('2');
      await turn();
      expect(ended).to.equal(false);
      input.complete();
      expect((await run).map(String).toArray()).to.deep.equal(['echo 1', 'echo 2']);
    });

    it('ends with its MiniAgents (B7)', async () => {
      const miniAgents = new MiniAgents();
      const input = new Subject<string>();
      const run = miniAgents.run(() => echo.inquire(input)).catch((error: unknown) => error);
      await turn();
      miniAgents.cancel();
      expect(await run).to.be.instanceOf(CancelledError);
      expect(input.observed).to.equal(false);
    });

    it('inside an agent is closed by whoever opened it: with what the agent returns, by finalize (B96)', async () => {
      const caller = miniagent('caller', (ctx) => {
        const input = new Subject<string>();
        ctx.reply(ctx.inquire(echo, input));
        return ctx.messages.pipe(
          concatMap((message) => message.whole$),
          map((message) => input.next(message.text)),
          map(() => null),
          finalize(() => input.complete()),
        );
      });
      expect(await new MiniAgents().run(() => texts(caller.inquire(['1', '2'])))).to.deep.equal(['echo 1', 'echo 2']);
    });

    it('is cancelled with the agent that opened it (B96)', async () => {
      const input = new Subject<string>();
      const caller = miniagent('caller', (ctx) => ctx.inquire(echo, input));
      const replies = caller.inquire();
      await turn();
      replies.cancel();
      expect(input.observed).to.equal(false);
      expect(await replies.resolve().catch((error: unknown) => error)).to.be.instanceOf(CancelledError);
    });
  });

  it('a run waits for what was started in it, while its MiniAgents stays active (B14)', async () => {
    const miniAgents = new MiniAgents().activate();
    const log: string[] = [];
    const slow = miniagent('slow', async () => {
      await turn();
      log.push('slow is done');
    });
    await miniAgents.run(() => void slow.inquire());
    log.push('the run is over');
    slow.inquire();
    await miniAgents.finalize();
    expect(log).to.deep.equal(['slow is done', 'the run is over', 'slow is done']);
  });

  it('a wait that would never end is ended by a signal (B97)', async () => {
    const input = new Subject<string>();
    const controller = new AbortController();
    const waiting = miniagent('waiting', async (ctx) => {
      const replies = ctx.inquire(echo, input, { signal: controller.signal });
      return String(await replies.resolve().catch((error: Error) => error.name));
    });
    const replies = waiting.inquire();
    await turn();
    expect(input.observed).to.equal(true);
    controller.abort('waited long enough');
    expect(await replies.text()).to.equal('CancelledError');
  });
});
