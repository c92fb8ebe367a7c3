import { expect } from 'chai';
import { concatAll, lastValueFrom, NEVER, of, toArray } from 'rxjs';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { NotAMessageError } from '../../lib/errors/not-a-message-error.js';
import type { InteractionContext } from '../../lib/runtime/interaction-context.js';
import { inquireIn } from '../../lib/runtime/mini-agent.js';
import { miniagent } from '../../lib/runtime/miniagent.js';
import type { AgentClass, AgentFunction } from '../../lib/runtime/miniagent.js';
import { MessageSequence } from '../../lib/streams/message-sequence.js';
import { marbles } from '../../lib/testing/marbles.js';
import { rejection, TestScope, texts, turn } from './support.js';

describe('miniagent', () => {
  const echo = (ctx: InteractionContext) => ctx.messages;

  describe('makes an agent of', () => {
    const bodies: Record<string, AgentFunction<object> | AgentClass<object>> = {
      'a function that replies': (ctx) => ctx.reply(['a', 'b']),
      'a function that returns': () => ['a', 'b'],
      'an async function': async () => ['a', 'b'],
      'a function that returns an Observable': () => of('a', 'b'),
      'a generator': function* () {
        yield 'a';
        return 'b';
      },
      'an async generator': async function* () {
        yield 'a';
        return 'b';
      },
      'a class': class {
        constructor(readonly ctx: InteractionContext) {}
        run() {
          this.ctx.reply('a');
          return 'b';
        }
      },
    };
    for (const [kind, body] of Object.entries(bodies)) {
      it(kind, async () => {
        expect(await texts(miniagent('agent', body).inquire())).to.deep.equal(['a', 'b']);
      });
    }

    it('a class that inherits its run(), anew for each run', async () => {
      let instances = 0;
      class Base {
        readonly number = ++instances;
        run() {
          return String(this.number);
        }
      }
      class Derived extends Base {}
      const agent = miniagent(Derived);
      expect(agent.name).to.equal('Derived');
      expect([await texts(agent.inquire()), await texts(agent.inquire())]).to.deep.equal([['1'], ['2']]);
    });

    it('nothing else', () => {
      for (const what of [undefined, null, 'text', {}, [() => {}]]) {
        expect(() => miniagent('agent', what as never)).to.throw(
          InvalidArgumentError,
          'a function or a class that the agent is made of',
        );
      }
    });

    it('a class without run(), with an error for whoever reads', async () => {
      const replies = miniagent('agent', class {} as never).inquire('a', { errorsAsMessages: true });
      expect((await texts(replies))[0]).to.match(/^InvalidArgumentError: expected a class with a method run\(\)/);
    });
  });

  describe('says who the agent is', () => {
    it('by the name that is given, or that of the function or class', () => {
      class Reader {
        run() {}
      }
      const options = { name: 'from options', description: 'Says what it is told.' };
      expect(miniagent('given', echo).name).to.equal('given');
      expect(miniagent(echo).name).to.equal('echo');
      expect(miniagent(Reader).name).to.equal('Reader');
      expect(miniagent(() => {}).name).to.equal('agent');
      expect(miniagent('given', echo, options)).to.include(options);
    });

    it('and what it does; by default nothing is said', () => {
      expect(miniagent(echo).description).to.equal('');
      expect(String(miniagent(echo))).to.equal('agent echo');
    });

    it('for good', () => {
      const agent = miniagent(echo) as { name: string };
      expect(() => (agent.name = 'other')).to.throw(TypeError);
    });
  });

  describe('inquire', () => {
    it('gives the replies at once, and starts the agent soon, outside of the call', async () => {
      const log: string[] = [];
      const agent = miniagent('agent', () => void log.push('started'));
      expect(agent.inquire('a')).to.be.instanceOf(MessageSequence);
      log.push('after the call');
      await turn();
      expect(log).to.deep.equal(['after the call', 'started']);
    });

    it('waits for a reader, with startSoon: false', () => {
      marbles(({ cold, expectTokens, expectSubscriptions }) => {
        const [asked, work] = [cold('-'), cold('-a|')];
        const replies = miniagent('agent', () => work).inquire(asked, { startSoon: false });
        expectTokens(replies, '--^').toBe('---a|');
        for (const { subscriptions } of [asked, work]) expectSubscriptions(subscriptions).toBe('--^-!');
      });
    });

    it('hands the agent its own parameters, and keeps the options for itself', async () => {
      let seen: unknown;
      const agent = miniagent('agent', (_ctx, params: { depth?: number }) => void (seen = params));
      const { signal } = new AbortController();
      await agent.inquire('a', { depth: 3, signal, startSoon: true, errorsAsMessages: false }).resolve();
      expect(seen).to.deep.equal({ depth: 3 });
      await agent.inquire().resolve();
      expect(seen).to.deep.equal({});
    });

    it('is cancelled by its signal', async () => {
      const controller = new AbortController();
      const replies = miniagent('agent', () => NEVER).inquire('a', { signal: controller.signal });
      controller.abort();
      expect(await rejection(replies.resolve())).to.be.instanceOf(CancelledError);
    });

    it('throws for what is no message, no options and no parameters', () => {
      const agent = miniagent(echo);
      expect(() => agent.inquire(42 as never)).to.throw(NotAMessageError);
      expect(() => agent.inquire('a', { startSoon: 'yes' as never })).to.throw(InvalidArgumentError);
      for (const params of [null, 'text', [], new Map(), () => {}]) {
        expect(() => agent.inquire('a', params as never)).to.throw(InvalidArgumentError, 'an object of parameters');
      }
    });

    it('is a part of the scope in whose name it is made', async () => {
      const scope = new TestScope();
      const replies = miniagent('agent', () => NEVER)[inquireIn](scope, 'a');
      expect(scope.empty).to.equal(false);
      replies.cancel();
      expect(scope.empty).to.equal(true);
      await rejection(replies.resolve());
    });
  });

  it('makes a function that runs the agent for each subscriber; a second argument is ignored', async () => {
    const all = (agent: ReturnType<typeof miniagent>, ...given: [string, unknown?]) =>
      lastValueFrom(agent(...given).pipe(concatAll(), toArray()));
    let runs = 0;
    const agent = miniagent('agent', (ctx, params) => [ctx.messages, String(++runs), JSON.stringify(params)]);
    expect(await all(agent, 'a')).to.deep.equal(['a', '1', '{}']);
    expect(await all(agent, 'b', { depth: 3 })).to.deep.equal(['b', '2', '{}']);
    expect(await lastValueFrom(of('c').pipe(agent, concatAll(), toArray()))).to.deep.equal(['c', '3', '{}']);
  });

  describe('fork', () => {
    const told = miniagent('told', (_ctx, params: Record<string, unknown>) => JSON.stringify(params), {
      params: { a: 1, b: 1 },
    });

    it('is the same agent with parameters preset: later ones, and those of a call, win', async () => {
      const fork = told.fork({ b: 2, c: 2 }).fork({ c: 3 });
      expect(await texts(fork.inquire())).to.deep.equal(['{"a":1,"b":2,"c":3}']);
      expect(await texts(fork.inquire('', { a: 4 }))).to.deep.equal(['{"a":4,"b":2,"c":3}']);
      expect(await lastValueFrom(fork('').pipe(concatAll()))).to.equal('{"a":1,"b":2,"c":3}');
    });

    it('leaves the agent itself as it is', async () => {
      const given = { b: 2 };
      const fork = told.fork(given);
      given.b = 3;
      expect(await texts(told.inquire())).to.deep.equal(['{"a":1,"b":1}']);
      expect(await texts(fork.inquire())).to.deep.equal(['{"a":1,"b":2}']);
    });

    it('presets options, too', async () => {
      const replies = told.fork({ signal: AbortSignal.abort('early') }).inquire();
      expect(await rejection(replies.resolve())).to.be.instanceOf(CancelledError);
      expect(() => told.fork({ startSoon: 1 as never })).to.throw(InvalidArgumentError);
    });

    it('keeps the name, or has another, and a description', () => {
      expect(told.fork({}).name).to.equal('told');
      const fork = told.fork({}, { name: 'other', description: 'Another.' });
      expect(fork).to.include({ name: 'other', description: 'Another.' });
      expect(fork.fork({})).to.include({ name: 'other', description: 'Another.' });
    });

    it('is known to its context as what was inquired', async () => {
      const seen: unknown[] = [];
      const fork = miniagent('agent', (ctx) => void seen.push(ctx.agent)).fork({});
      await fork.inquire().resolve();
      expect(seen).to.have.ordered.members([fork]);
    });
  });
});
