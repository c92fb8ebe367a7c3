import { expect } from 'chai';
import { InvalidArgumentError, miniagent, MiniAgents } from 'miniagents';
import type { InteractionContext, MiniAgent } from 'miniagents';
import { of } from 'rxjs';
import { forEachStart, texts } from './support.js';

describe('making agents', () => {
  describe('of anything that is called (B85)', () => {
    forEachStart(() => {
      class Counter {
        static made = 0;
        constructor(
          private readonly ctx: InteractionContext,
          private readonly params: { upTo?: number },
        ) {
          Counter.made++;
        }
        *run() {
          for (let n = 1; n <= (this.params.upTo ?? 2); n++) yield `${this.ctx.agent.name} ${n}`;
        }
      }
      const expected = ['agent 1', 'agent 2'];
      const kinds: Record<string, MiniAgent> = {
        'a function': miniagent('agent', () => expected),
        'an async function': miniagent('agent', async () => expected),
        'a generator': miniagent('agent', function* () {
          yield* expected;
        }),
        'an async generator': miniagent('agent', async function* () {
          yield* expected;
        }),
        'a function that gives an Observable': miniagent('agent', () => of(...expected)),
        'a function that replies': miniagent('agent', (ctx) => ctx.reply(expected)),
        'a class (B105)': miniagent('agent', Counter),
      };
      for (const [name, agent] of Object.entries(kinds)) {
        it(name, async () => expect(await texts(agent.inquire())).to.deep.equal(expected));
      }

      it('a class is made anew for each run, with ctx and params (B105)', async () => {
        const before = Counter.made;
        const counter = miniagent('counter', Counter);
        expect(await texts(counter.inquire(null, { upTo: 1 }))).to.deep.equal(['counter 1']);
        expect(await texts(counter.inquire(null, { upTo: 3 }))).to.have.length(3);
        expect(Counter.made).to.equal(before + 2);
      });
    });
  });

  describe('names and descriptions', () => {
    it('the name keeps its case, and may be that of the function or class (B86)', () => {
      function someAgent() {}
      class GPT4Agent {
        run() {}
      }
      const names = [miniagent('HTTPServer', someAgent), miniagent(someAgent), miniagent(GPT4Agent)].map(
        ({ name }) => name,
      );
      expect(names).to.deep.equal(['HTTPServer', 'someAgent', 'GPT4Agent']);
      expect(miniagent(someAgent, { name: 'other' }).name).to.equal('other');
      expect(miniagent(() => {}).name)
        .to.be.a('string')
        .and.not.equal('');
      expect(String(miniagent('named', someAgent))).to.include('named');
    });

    it('the description is taken as it is, braces and all (B87, bug 6)', () => {
      const description = 'Answers {in} braces: { "a": {AGENT} }';
      const agent = miniagent('agent', () => {}, { description });
      expect(agent.description).to.equal(description);
      expect(agent.fork({}).description).to.equal(description);
      expect(agent.fork({}, { name: 'other', description: 'new' })).to.include({ name: 'other', description: 'new' });
      expect(miniagent('agent', () => {}).description).to.equal('');
    });

    it('an agent can be told from other functions by what it has, and not be changed', () => {
      const agent = miniagent('agent', () => 'x') as MiniAgent & { [name: string]: unknown };
      expect(agent).to.be.a('function');
      expect(agent.inquire).to.be.a('function');
      expect(agent.fork).to.be.a('function');
      expect(() => Object.assign(agent, { name: 'other' })).to.throw(TypeError);
      expect(() => Object.assign(agent, { inquire: null })).to.throw(TypeError);
      expect(agent.name).to.equal('agent');
    });
  });

  describe('parameters and forks', () => {
    const seen: object[] = [];
    const agent = miniagent<{ a?: unknown; b?: unknown; c?: unknown }>(
      'agent',
      (_ctx, params) => void seen.push(params),
    );
    const asked = async (run: () => { resolve(): Promise<unknown> }) => {
      await run().resolve();
      return seen.splice(0)[0];
    };

    it('a fork has parameters preset; those of a call win (B103)', async () => {
      const fork = agent.fork({ a: 1, b: 2 });
      expect(await asked(() => fork.inquire())).to.deep.equal({ a: 1, b: 2 });
      expect(await asked(() => fork.inquire(null, { b: 3, c: 4 }))).to.deep.equal({ a: 1, b: 3, c: 4 });
      expect(await asked(() => agent.inquire())).to.deep.equal({});
    });

    it('forks of forks may set the same key again (bug 5)', async () => {
      const fork = agent.fork({ a: 1 }).fork({ a: 2, b: 3 }).fork({ c: 4 });
      expect(await asked(() => fork.inquire())).to.deep.equal({ a: 2, b: 3, c: 4 });
    });

    it('a fork is an agent as others are: an operator, too', async () => {
      await new Promise<void>((resolve) =>
        of('x')
          .pipe(agent.fork({ a: 1 }))
          .subscribe({ complete: resolve }),
      );
      expect(seen.splice(0)).to.deep.equal([{ a: 1 }]);
    });

    it('what is changed after the call, or by the agent, was given as it was (B102)', async () => {
      const params = { a: 1 };
      const replies = agent.inquire(null, params);
      params.a = 2;
      expect(await asked(() => replies)).to.deep.equal({ a: 1 });
      const writes = miniagent('writes', (_ctx, given: { a?: number }) => void (given.a = 3));
      const error = await writes
        .inquire(null, params)
        .resolve()
        .catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(TypeError);
      expect(params).to.deep.equal({ a: 2 });
    });

    it('clients, agents and other things are handed on as they are (B104, B106)', async () => {
      const [client, other] = [new Map(), miniagent('other', () => 'x')];
      const given = (await asked(() => agent.fork({ a: client }).inquire(null, { b: other }))) as {
        a: unknown;
        b: unknown;
      };
      expect(given.a === client && given.b === other).to.be.true;
    });

    it('names such as agent, messages, replies, name are parameters like others (bug 7)', async () => {
      const names = { agent: 1, messages: 2, replies: 3, name: 4, ctx: 5, id: 6, type: 7, description: 8 };
      const events: unknown[] = [];
      const all = miniagent('all', (ctx, params) => (ctx.reply('x'), void seen.push(params)));
      const miniAgents = new MiniAgents();
      miniAgents.events$.subscribe((event) => events.push(event.interaction.agent));
      expect(await miniAgents.run(() => texts(all.inquire('q', names)))).to.deep.equal(['x']);
      expect(seen.splice(0)).to.deep.equal([names]);
      expect(new Set(events)).to.deep.equal(new Set(['all']));
    });

    it('parameters may be preset where the agent is made', async () => {
      const made = miniagent('made', (_ctx, params: { a?: number }) => void seen.push(params), { params: { a: 1 } });
      expect(await asked(() => made.inquire())).to.deep.equal({ a: 1 });
      expect(await asked(() => made.inquire(null, { a: 2 }))).to.deep.equal({ a: 2 });
    });

    it('parameters that are no object are refused', () => {
      for (const params of [1, 'text', true, null, () => {}] as never[])
        expect(() => agent.inquire(null, params)).to.throw(InvalidArgumentError, /parameters/);
    });
  });
});
