import { expect } from 'chai';
import { CancelledError, InvalidArgumentError, Message, miniagent } from 'miniagents';
import type { MiniAgent } from 'miniagents';
import { EndOfLoop, inMemoryHistoryAgent, LoopInterruptedError, userAgent } from 'miniagents/agents';
import { concatAll, concatMap, of, tap, timer } from 'rxjs';
import { inside, marbles, rejection, texts } from '../laws/support.js';

/** Says these things in turn, each after what it is asked. */
function saying(...lines: (string | Message | Error)[]): MiniAgent {
  return miniagent('input', (ctx) => [ctx.messages, lines.shift()]);
}

describe('userAgent (B129)', () => {
  const here = inside();

  it('is output, then input, then history, which replies with all', async () => {
    const shown: string[] = [];
    const output = miniagent('output', (ctx) => {
      ctx.reply(ctx.messages);
      return ctx.messages.tokens$.pipe(
        tap((token) => shown.push(token)),
        concatMap(() => []),
      );
    });
    const user = userAgent({ output, input: saying('u1', 'u3') });
    expect(await texts(user.inquire())).to.deep.equal(['u1']);
    expect(await texts(user.inquire('a2'))).to.deep.equal(['u1', 'a2', 'u3']);
    expect(shown).to.deep.equal(['a2']);
  });

  it('hands each part what the one before replies', async () => {
    const heard: Record<string, string[]> = {};
    const part = (name: string) =>
      miniagent(name, async (ctx) => {
        heard[name] = await texts(ctx.messages);
        return [ctx.messages, `from ${name}`];
      });
    const user = userAgent({ output: part('output'), input: part('input'), history: part('history') });
    expect(await texts(user.inquire('q'))).to.deep.equal(['q', 'from output', 'from input', 'from history']);
    expect(heard).to.deep.equal({
      output: ['q'],
      input: ['q', 'from output'],
      history: ['q', 'from output', 'from input'],
    });
  });

  it('asks its history for all of it', async () => {
    const history = miniagent('history', (_ctx, params: object) => JSON.stringify(params));
    expect(await texts(userAgent({ history }).inquire('q'))).to.deep.equal(['{"full":true}']);
  });

  describe('any part may be absent', () => {
    it('output', async () => {
      expect(await texts(userAgent({ output: null, input: saying('u') }).inquire('a'))).to.deep.equal(['a', 'u']);
    });

    it('input', async () => {
      const user = userAgent({ input: null });
      expect(await texts(user.inquire('a'))).to.deep.equal(['a']);
      expect(await texts(user.inquire('b'))).to.deep.equal(['a', 'b']);
    });

    it('history', async () => {
      const user = userAgent({ input: saying('u1', 'u2'), history: null });
      expect(await texts(user.inquire('a1'))).to.deep.equal(['a1', 'u1']);
      expect(await texts(user.inquire('a2'))).to.deep.equal(['a2', 'u2']);
    });

    it('all of them', async () => {
      const user = userAgent({ output: null, input: null, history: null });
      expect(await texts(user.inquire(['a', 'b']))).to.deep.equal(['a', 'b']);
    });
  });

  it('without a history given, each has one of its own', async () => {
    const [one, other] = [userAgent({ input: saying('1') }), userAgent({ input: saying('2') })];
    await one.inquire().resolve();
    expect(await texts(other.inquire())).to.deep.equal(['2']);
  });

  it('a history can be shared', async () => {
    const history = inMemoryHistoryAgent();
    await userAgent({ history }).inquire('a').resolve();
    expect(await texts(userAgent({ history }).inquire('b'))).to.deep.equal(['a', 'b']);
  });

  it('a sign of the end passes by the history', async () => {
    const heard: string[][] = [];
    const history = miniagent('history', async (ctx) => {
      heard.push(await texts(ctx.messages));
      return ['all', ctx.messages];
    });
    const user = userAgent({ input: saying('bye'), history });
    const leaving = userAgent({ input: saying(new EndOfLoop({ text: 'the end' })), history });
    expect(await texts(user.inquire('a'))).to.deep.equal(['all', 'a', 'bye']);
    const replies = await leaving.inquire('b').resolve();
    expect(replies.map(String).toArray()).to.deep.equal(['all', 'b', 'the end']);
    expect(replies.last()).to.be.instanceOf(EndOfLoop);
    expect(heard).to.deep.equal([['a', 'bye'], ['b']]);
  });

  it('an error of a part stands at its place, once', async () => {
    const user = userAgent({ input: saying(new RangeError('boom')) });
    expect(await rejection(user.inquire('a').resolve())).to.be.instanceOf(RangeError);
    expect(await texts(user.inquire('b').errorsAsMessages())).to.deep.equal(['a', 'b']);
    const failing = userAgent({ input: saying(new RangeError('boom')) });
    const replies = failing.inquire('c', { errorsAsMessages: true });
    expect(await texts(replies)).to.deep.equal(['c', 'RangeError: boom']);
  });

  it('what comes after an error is said and remembered, too', async () => {
    const asked = ['a', new RangeError('boom'), new EndOfLoop(), 'b'];
    for (const history of [null, undefined]) {
      const user = userAgent({ history });
      const replies = user.inquire(asked).errorsAsMessages();
      expect(new Set(await texts(replies))).to.deep.equal(new Set(['a', 'RangeError: boom', '', 'b']));
    }
    const history = inMemoryHistoryAgent();
    await rejection(userAgent({ history }).inquire(asked).resolve());
    expect(await texts(history.inquire(null, { full: true }))).to.deep.equal(['a', 'b']);
  });

  it('an error that nobody reads is reported', async () => {
    const boom = new RangeError('boom');
    userAgent({ input: saying(boom) }).inquire('a');
    await here.miniAgents.finalize();
    expect(here.takeReported()).to.deep.equal([boom]);
  });

  it('tokens take no time through all parts', () => {
    marbles(({ cold, expectObservable }) => {
      const pass = miniagent('pass', (ctx) => ctx.messages);
      const user = userAgent({ output: pass, input: pass });
      expectObservable(of(Message.stream(cold('a-b-c|'))).pipe(user, concatAll())).toBe('a-b-c|');
    });
  });

  it('whoever leaves cancels what its parts wait for', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const line = cold<string>('-----a|');
      const input = miniagent('input', (ctx) => [ctx.messages, line]);
      expectObservable(of('q').pipe(userAgent({ input }), concatAll()), '^--!').toBe('q');
      expectSubscriptions(line.subscriptions).toBe('^--!');
    });
  });

  it('a signal reaches its parts', () => {
    marbles(({ cold, expectTokens, expectSubscriptions }) => {
      const line = cold<string>('-----a|');
      const input = miniagent('input', (ctx) => [ctx.messages, line]);
      const [controller, reason] = [new AbortController(), new LoopInterruptedError()];
      const replies = userAgent({ input }).inquire('q', { signal: controller.signal });
      timer(3).subscribe(() => controller.abort(reason));
      expectTokens(replies).toBe('q--#', {}, new CancelledError('the inquiry', reason));
      expectSubscriptions(line.subscriptions).toBe('^--!');
    });
  });

  it('is called as it is told', () => {
    expect(userAgent()).to.include({ name: 'userAgent', description: '' });
    expect(userAgent({ name: 'ann', description: 'A user.' })).to.include({ name: 'ann', description: 'A user.' });
  });

  it('takes agents only', () => {
    for (const options of [{ output: 42 }, { input: () => 'a' }, { history: 'memory' }])
      expect(() => userAgent(options as never)).to.throw(InvalidArgumentError, 'expected an agent');
  });
});
