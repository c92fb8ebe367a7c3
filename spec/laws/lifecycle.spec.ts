import { expect } from 'chai';
import { CancelledError, LifecycleError, Message, miniagent, MiniAgents } from 'miniagents';
import { NEVER } from 'rxjs';
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

  it('cancel() cancels everything inside and nothing else', async () => {
    const [one, other] = [new MiniAgents(), new MiniAgents()];
    const ends: string[] = [];
    const start = (name: string) => () => {
      const agent = miniagent('agent', () => [Message.stream(NEVER), NEVER]);
      agent.inquire().subscribe({ error: (error: Error) => ends.push(`${name}: ${error.name}`) });
      agent('x').subscribe({ error: (error: Error) => ends.push(`${name}: ${error.name}`) });
    };
    const running = [one.run(start('one')), other.run(start('other'))];
    await turn();
    one.cancel('enough');
    await running[0];
    expect(ends).to.deep.equal(['one: CancelledError', 'one: CancelledError']);
    other.cancel();
    await running[1];
    expect(ends).to.have.length(4);
    one.cancel();
  });

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
