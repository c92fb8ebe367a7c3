import { expect } from 'chai';
import { CancelledError, InvalidArgumentError, Message, miniagent } from 'miniagents';
import { agentChain, AWAIT, CLEAR } from 'miniagents/agents';
import type { Step } from 'miniagents/agents';
import { concat, concatAll, firstValueFrom, map, of, throwError, timer } from 'rxjs';
import { forEachStart, inside, marbles, pass, rejection, texts } from '../laws/support.js';
import { adding, heard, speaker } from './support.js';

const [add1, add2] = [adding('add1', '1'), adding('add2', '2')];

describe('agentChain (B125)', () => {
  forEachStart(() => {
    it('asks each agent with what the one before replies; nothing is left out', async () => {
      expect(await texts(agentChain([add1, null, AWAIT, undefined, add2]).inquire('q'))).to.deep.equal(['q12']);
      expect(await texts(agentChain([add1, add2, add1]).inquire(['p', 'q']))).to.deep.equal(['p121', 'q121']);
    });

    it('of no agents replies with what it is asked', async () => {
      const none: Step[][] = [[], [null], [AWAIT]];
      for (const agents of none) expect(await texts(agentChain(agents).inquire(['p', 'q']))).to.deep.equal(['p', 'q']);
    });

    it('with nothing to say, says nothing', async () => {
      expect(await texts(agentChain([add1, AWAIT, add2]).inquire())).to.deep.equal([]);
    });

    it('after CLEAR the next agent is asked with nothing', async () => {
      const agent = speaker('speaker', ['news']);
      expect(await texts(agentChain([add1, AWAIT, CLEAR, agent]).inquire('q'))).to.deep.equal(['news']);
      expect(heard(agent)).to.deep.equal([[]]);
      expect(await texts(agentChain([add1, CLEAR]).inquire('q'))).to.deep.equal([]);
    });
  });

  const here = inside();

  it('AWAIT waits for the agent before it, after a CLEAR too', () => {
    marbles(({ cold, expectObservable }) => {
      const slow = miniagent('slow', () => cold('---(s|)'));
      const quick = miniagent('quick', () => 'q');
      const whole = (agents: Step[]) =>
        of('x').pipe(
          agentChain(agents),
          map(({ draft }) => draft.text),
        );
      expectObservable(whole([slow, AWAIT, quick])).toBe('---(q|)');
      expectObservable(whole([slow, CLEAR, AWAIT, quick])).toBe('---(q|)');
      // The replies are there at once, and complete when all that was asked is over.
      expectObservable(whole([slow, CLEAR, quick])).toBe('(q|)');
    });
  });

  it('tokens take no time, except where something is awaited', () => {
    marbles(({ cold, expectObservable }) => {
      const leaf = miniagent('leaf', () => Message.stream(cold('a-b-c|')));
      const tokens$ = (agents: Step[]) => of('q').pipe(agentChain(agents), concatAll());
      expectObservable(tokens$([leaf, pass, pass])).toBe('a-b-c|');
      expectObservable(tokens$([leaf, AWAIT, pass])).toBe('-----(abc|)');
    });
  });

  it('passes the same promises on', async () => {
    const message = Message.stream(of('a'));
    const chains: Step[][] = [[pass], [pass, AWAIT, pass]];
    for (const agents of chains) expect(await firstValueFrom(agentChain(agents).inquire(message))).to.equal(message);
  });

  it('whoever leaves cancels what is awaited, and what is asked', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('a-b-c|');
      const leaf = miniagent('leaf', () => Message.stream(source));
      expectObservable(of('q').pipe(agentChain([leaf, AWAIT, add1]), concatAll()), '^--!').toBe('-');
      expectObservable(of('q').pipe(agentChain([leaf, pass]), concatAll()), '^--!').toBe('a-b');
      expectSubscriptions(source.subscriptions).toBe(['^--!', '^--!']);
    });
  });

  it('cancel() reaches an agent that never answers', () => {
    marbles(({ agent, cold, expectTokens, expectSubscriptions }) => {
      const source = cold('-');
      const silent = miniagent('silent', () => source);
      const replies = agentChain([silent, AWAIT, agent('next', 'a|')], { name: 'chain' }).inquire('q');
      timer(3).subscribe(() => replies.cancel());
      expectTokens(replies).toBe('---#', {}, new CancelledError('agent chain'));
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  describe('an error', () => {
    const faulty = miniagent('faulty', () =>
      concat(
        of('before'),
        throwError(() => new RangeError('boom')),
      ),
    );

    it('that is awaited ends the chain, at its place: nobody else is asked', async () => {
      const agent = speaker('next', ['after']);
      const replies = agentChain([faulty, AWAIT, agent]).inquire('q');
      expect(await texts(replies.errorsAsMessages())).to.deep.equal(['before', 'RangeError: boom']);
      expect(await rejection(replies.resolve())).to.be.instanceOf(RangeError);
      expect(heard(agent)).to.deep.equal([]);
    });

    it('that is not awaited is the next agent’s to deal with', async () => {
      const tolerant = miniagent('tolerant', (ctx) => ctx.messages.errorsAsMessages());
      expect(await texts(agentChain([faulty, tolerant]).inquire())).to.deep.equal(['before', 'RangeError: boom']);
    });

    it('is a message where errors are messages, and the chain goes on', async () => {
      const careful = faulty.fork({ errorsAsMessages: true });
      const replies = agentChain([careful, AWAIT, add1]).inquire();
      expect(await texts(replies)).to.deep.equal(['before1', 'RangeError: boom1']);
    });

    it('in what the chain itself is asked stands in its replies', async () => {
      const replies = agentChain([AWAIT, add1]).inquire(['a', new RangeError('boom')]);
      expect(await texts(replies.errorsAsMessages())).to.deep.equal(['a', 'RangeError: boom']);
    });

    it('that nobody reads is reported, once', async () => {
      agentChain([faulty, AWAIT, add1]).inquire();
      agentChain([faulty, CLEAR]).inquire();
      await here.miniAgents.finalize();
      expect(here.takeReported().map(String)).to.deep.equal(['RangeError: boom', 'RangeError: boom']);
    });
  });

  it('late readers see the same', async () => {
    const replies = agentChain([add1, AWAIT, add2]).inquire('q');
    await replies.resolve();
    expect(await texts(replies)).to.deep.equal(['q12']);
  });

  it('a chain can be a link of another', async () => {
    const inner = agentChain([add1, AWAIT, add2]);
    expect(await texts(agentChain([inner, inner, AWAIT, add1]).inquire('q'))).to.deep.equal(['q12121']);
  });

  it('may be long', async () => {
    const links = Array.from({ length: 1_000 }, (_, i): Step => (i % 2 ? AWAIT : add1));
    expect(await texts(agentChain(links, { name: 'long' }).inquire(''))).to.deep.equal(['1'.repeat(500)]);
  });

  it('is called by what it is made of, or as it is told', () => {
    expect(agentChain([add1, AWAIT, null, CLEAR, add2]).name).to.equal('agentChain(add1, AWAIT, CLEAR, add2)');
    expect(agentChain([add1], { name: 'adder', description: 'Adds.' })).to.include({
      name: 'adder',
      description: 'Adds.',
    });
  });

  it('takes agents and marks only', () => {
    const wrong = (...agents: unknown[]) => agentChain(agents as never);
    expect(() => wrong(add1, 42)).to.throw(
      InvalidArgumentError,
      'expected an agent, AWAIT or CLEAR as number 2 of the agents; got 42 (number)',
    );
    expect(() => wrong(() => 'a')).to.throw(InvalidArgumentError);
    expect(() => wrong(Symbol('AWAIT'))).to.throw(InvalidArgumentError);
    expect(() => agentChain(add1 as never)).to.throw(InvalidArgumentError, 'expected an array of agents');
    expect(() => agentChain('add1' as never)).to.throw(InvalidArgumentError, 'expected an array of agents');
    expect(() => agentChain([CLEAR, AWAIT])).to.throw(TypeError, 'expected at least one agent beside CLEAR');
  });
});
