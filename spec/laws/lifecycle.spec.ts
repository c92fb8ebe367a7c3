import { expect } from 'chai';
import { CancelledError, InvalidArgumentError, LifecycleError, Message, miniagent, MiniAgents } from 'miniagents';
import { asyncMarbles } from 'miniagents/testing';
import { from, ignoreElements, map, NEVER, Subject, timer } from 'rxjs';
import { pass, rejection, texts, turn } from './support.js';

const slow = (log: string[]) =>
  miniagent('slow', async () => {
    await turn();
    log.push('agent done');
    return 'x';
  });

describe('the life of a MiniAgents', () => {
  it('by default agents start soon and errors are errors (B9)', () => {
    expect(new MiniAgents()).to.include({ startSoon: true, errorsAsMessages: false });
    expect(new MiniAgents({})).to.include({ startSoon: true, errorsAsMessages: false });
    expect(new MiniAgents({ startSoon: false, errorsAsMessages: true })).to.include({
      startSoon: false,
      errorsAsMessages: true,
    });
  });

  it('activate() … finalize() behaves as run (B5)', async () => {
    const log: string[] = [];
    const miniAgents = new MiniAgents();
    expect(miniAgents.activate() === miniAgents).to.be.true;
    slow(log).inquire();
    log.push('finalizing');
    await miniAgents.finalize();
    expect(log).to.deep.equal(['finalizing', 'agent done']);
  });

  it('a second activate() is an error; after finalize() it may be activated again (B4)', async () => {
    const miniAgents = new MiniAgents().activate();
    expect(() => miniAgents.activate()).to.throw(LifecycleError, /active/);
    expect(await texts(pass.inquire('still works'))).to.deep.equal(['still works']);
    await miniAgents.finalize();
    miniAgents.activate();
    expect(await texts(pass.inquire('again'))).to.deep.equal(['again']);
    await miniAgents.finalize();
  });

  it('finalize() without activate(), or twice, is nothing', async () => {
    const miniAgents = new MiniAgents();
    await miniAgents.finalize();
    miniAgents.activate();
    await Promise.all([miniAgents.finalize(), miniAgents.finalize()]);
    await miniAgents.finalize();
  });

  it('finalize() twice at once waits twice', async () => {
    const miniAgents = new MiniAgents().activate();
    const log: string[] = [];
    const slow = Message.stream(timer(5).pipe(map(() => 'slow')));
    slow.subscribe({ complete: () => log.push('over') });
    await Promise.race([miniAgents.finalize(), miniAgents.finalize()]);
    expect(log).to.deep.equal(['over']);
  });

  it('run(agent) is an error: nobody asked it anything', async () => {
    const agent = miniagent('agent', () => 'a');
    const error = await rejection(new MiniAgents().run(agent));
    expect(error).to.be.instanceOf(InvalidArgumentError).with.property('message').that.includes('inquire');
  });

  it('it is disposed of by `await using`', async () => {
    const log: string[] = [];
    const miniAgents = new MiniAgents();
    const dispose = miniAgents[Symbol.asyncDispose];
    expect(dispose).to.be.a('function');
    miniAgents.activate();
    slow(log).inquire();
    await dispose.call(miniAgents);
    expect(log).to.deep.equal(['agent done']);
  });

  it('cancel() cancels everything inside and nothing else', () =>
    asyncMarbles(async ({ cold, expectObservable, expectSubscriptions }) => {
      for (const frame of [2, 4]) {
        const miniAgents = new MiniAgents();
        const source = cold('-');
        const agent = miniagent('agent', () => [Message.stream(NEVER), source]);
        const [asked, ran] = [new Subject(), new Subject()];
        const running = miniAgents.run(() => {
          agent.inquire().pipe(ignoreElements()).subscribe(asked);
          agent('x').pipe(ignoreElements()).subscribe(ran);
          return 'over';
        });
        timer(frame).subscribe(() => miniAgents.cancel('enough'));
        const cancelled = new CancelledError('the MiniAgents', 'enough');
        for (const end of [asked, ran]) expectObservable(end).toBe(`${frame}ms #`, {}, cancelled);
        expectSubscriptions(source.subscriptions).toBe([`^ ${frame - 1}ms !`, `^ ${frame - 1}ms !`]);
        expectObservable(from(running)).toBe(`${frame}ms (o|)`, { o: 'over' });
      }
    }));

  it('cancel() before anything runs, or after its end, is nothing', async () => {
    const miniAgents = new MiniAgents();
    miniAgents.cancel();
    expect(await miniAgents.run(() => texts(pass.inquire('works')))).to.deep.equal(['works']);
    miniAgents.cancel();
    expect(await miniAgents.run(() => texts(pass.inquire('works')))).to.deep.equal(['works']);
  });

  it('the reason is the cause of the CancelledErrors', async () => {
    const miniAgents = new MiniAgents().activate();
    const resolved = rejection(
      miniagent('never', () => NEVER)
        .inquire()
        .resolve(),
    );
    miniAgents.cancel('the reason');
    const error = await resolved;
    expect(error).to.be.instanceOf(CancelledError).with.property('cause', 'the reason');
    expect(String(error)).to.include('the reason');
    await miniAgents.finalize();
  });

  it('the seed example (B110)', async () => {
    const log: string[] = [];
    const agent1 = miniagent('agent1', (ctx) => {
      log.push('agent1');
      ctx.reply('Hello from Agent 1!');
    });
    const agent2 = miniagent('agent2', async (ctx) => {
      log.push('agent2');
      const [message] = await ctx.messages.resolveMessages();
      log.push('resolved');
      ctx.reply(`Agent 2 received: ${message?.text}`);
    });
    await new MiniAgents().run(async () => {
      const replies = agent2.inquire(agent1.inquire());
      log.push('inquired');
      const whole = await replies.resolveMessages();
      expect(String(whole)).to.equal('List [ Message { "text": "Agent 2 received: Hello from Agent 1!" } ]');
    });
    expect(log).to.deep.equal(['inquired', 'agent1', 'agent2', 'resolved']);
  });

  it('a loop over what comes (B92)', async () => {
    const echo = miniagent('echo', async function* (ctx) {
      for await (const message of ctx.messages) yield `You said: ${String(await message.resolve())}`;
    });
    expect(await texts(echo.inquire(['Hello', 'World']))).to.deep.equal(['You said: Hello', 'You said: World']);
  });
});
