import { expect } from 'chai';
import { CancelledError, Message, miniagent, MiniAgents } from 'miniagents';
import type { MessageType, MiniAgent, MiniAgentsEvent } from 'miniagents';
import { groupBy, lastValueFrom, map, mergeMap, NEVER, Observable, of, Subject, toArray } from 'rxjs';
import { forEachStart, inside, pass, rejection, texts, turn } from './support.js';

const KINDS = ['inquired', 'started', 'received', 'replied', 'resolved', 'finished', 'failed', 'cancelled'];
const ENDS = ['finished', 'failed', 'cancelled'];

/** Everything that happens in a MiniAgents, as it is told. */
function listen(miniAgents: MiniAgents): MiniAgentsEvent[] {
  const events: MiniAgentsEvent[] = [];
  miniAgents.events$.subscribe((event) => events.push(event));
  return events;
}

const shown = (events: MiniAgentsEvent[]) =>
  events.map(
    ({ type, interaction: { id, parent, agent } }) => `${type} ${agent} ${id}${parent ? ` in ${parent}` : ''}`,
  );

const boom = new Error('boom');
const leaf = miniagent('leaf', (ctx) => ['leaf', ctx.messages]);
const top = miniagent('top', (ctx) => [ctx.inquire(leaf, 'one'), ctx.inquire(leaf, 'two')]);

describe('law 11: one stream of events', () => {
  forEachStart((here) => {
    it('everything that happens to a call passes through it, in its order (B28)', async () => {
      const events = listen(here.miniAgents);
      expect(await texts(leaf.inquire('question'))).to.deep.equal(['leaf', 'question']);
      await turn();
      const types = events.map(({ type }) => type);
      expect(types[0]).to.equal('inquired');
      expect(types.at(-1)).to.equal('finished');
      expect(types.slice().sort()).to.deep.equal(
        ['inquired', 'started', 'received', 'replied', 'replied', 'resolved', 'resolved', 'finished'].sort(),
      );
      expect(types.indexOf('started')).to.be.lessThan(types.indexOf('replied'));
      expect(types.every((type) => KINDS.includes(type))).to.be.true;
    });

    it('messages are in it as promises when they come, and whole, once, when they are whole', async () => {
      const events = listen(here.miniAgents);
      const tokens = new Subject<string>();
      const promise = Message.stream(tokens);
      const replies = pass.inquire(pass.inquire(promise));
      const resolved = replies.resolve();
      await turn();
      const moved = events.filter(({ type }) => type === 'received' || type === 'replied');
      expect(moved).to.have.length(4);
      expect(moved.every((event) => 'message' in event && event.message === promise)).to.be.true;
      const wholes = () => events.flatMap((event) => (event.type === 'resolved' ? [event.message] : []));
      expect(wholes()).to.have.length(0);
      tokens.next('text');
      tokens.complete();
      const whole = (await resolved).first();
      expect(wholes().length === 1 && wholes()[0] === whole).to.be.true;
    });

    it('an interaction ends once: finished, failed with its error, or cancelled', async () => {
      const events = listen(here.miniAgents);
      const failing = miniagent('failing', () => {
        throw boom;
      });
      const never = miniagent('never', (ctx) => [ctx.inquire(miniagent('inner', () => NEVER)), NEVER]);
      await rejection(failing.inquire().resolve());
      const stopped = never.inquire();
      stopped.subscribe({ error: () => {} });
      await turn();
      stopped.cancel();
      await lastValueFrom(of('x').pipe(pass));
      const left = never('x').subscribe();
      await turn();
      left.unsubscribe();
      await texts(top.inquire());
      await turn();
      const ends = events.filter(({ type }) => ENDS.includes(type));
      expect(ends.map(({ type, interaction: { agent } }) => `${agent} ${type}`).sort()).to.deep.equal([
        'failing failed',
        'inner cancelled',
        'inner cancelled',
        'leaf finished',
        'leaf finished',
        'never cancelled',
        'never cancelled',
        'pass finished',
        'top finished',
      ]);
      const failed = events.find((event) => event.type === 'failed');
      expect(failed && 'error' in failed && failed.error).to.equal(boom);
      expect(new Set(ends.map(({ interaction: { id } }) => id)).size).to.equal(ends.length);
    });

    it('a message is told of from the inside out, and as whole where it was said', async () => {
      const events = listen(here.miniAgents);
      await texts(miniagent('upmost', (ctx) => ctx.inquire(top)).inquire());
      await turn();
      const told = (kind: string, text: string) =>
        events.flatMap((event) => {
          if (event.type !== kind || !('message' in event)) return [];
          const message = event.type === 'resolved' ? event.message : event.message.draft;
          return message.text === text ? [event.interaction.agent] : [];
        });
      expect(told('replied', 'leaf')).to.deep.equal(['leaf', 'top', 'upmost', 'leaf', 'top', 'upmost']);
      expect(told('resolved', 'leaf')).to.deep.equal(['leaf', 'leaf']);
      expect(told('resolved', 'one')).to.deep.equal(['leaf']);
    });

    it('a child is over before its parent', async () => {
      const events = listen(here.miniAgents);
      await texts(miniagent('upmost', (ctx) => ctx.inquire(top)).inquire());
      await turn();
      const finished = events.filter(({ type }) => type === 'finished').map(({ interaction: { agent } }) => agent);
      expect(finished).to.deep.equal(['leaf', 'leaf', 'top', 'upmost']);
    });

    it('it can be grouped and counted like any Observable: one stream for logs, traces and recordings', async () => {
      const { miniAgents } = here;
      const counts: Record<string, number> = {};
      miniAgents.events$
        .pipe(
          groupBy(({ interaction }) => interaction.agent),
          mergeMap((group) => group.pipe(map(() => group.key))),
        )
        .subscribe((agent) => (counts[agent] = (counts[agent] ?? 0) + 1));
      await texts(top.inquire());
      await turn();
      expect(counts['leaf']).to.equal(2 * 8);
      expect(counts['top']).to.be.greaterThan(4);
    });
  });

  describe('interaction ids are the same from run to run', () => {
    /** A tree of agents whose branches come in another order each time. */
    async function trace(order: number[]): Promise<string[]> {
      const gates = [new Subject<void>(), new Subject<void>(), new Subject<void>()];
      const branch = miniagent('branch', async (ctx, { n = 0 }: { n?: number }) => {
        await lastValueFrom(gates[n] as Subject<void>, { defaultValue: undefined });
        ctx.reply(ctx.inquire(leaf, String(n)));
        ctx.reply(ctx.inquire(top));
      });
      const tree = miniagent('tree', (ctx) => [0, 1, 2].map((n) => ctx.inquire(branch, null, { n })));
      const miniAgents = new MiniAgents();
      const events = listen(miniAgents);
      await miniAgents.run(async () => {
        const replies = tree.inquire();
        const other = top.inquire('other');
        for (const n of order) {
          await turn();
          gates[n]?.complete();
        }
        await Promise.all([replies.resolve(), other.resolve()]);
      });
      return shown(events);
    }

    it('the place in the tree of inquiries, not the time', async () => {
      const [one, other, again] = [await trace([0, 1, 2]), await trace([2, 0, 1]), await trace([0, 1, 2])];
      expect(one).to.deep.equal(again);
      expect(other.slice().sort()).to.deep.equal(one.slice().sort());
      expect(other).not.to.deep.equal(one);
      expect(one).to.include('inquired tree 1').and.include('inquired top 2');
      expect(one).to.include('inquired branch 1.2 in 1').and.include('finished leaf 1.2.2.1 in 1.2.2');
    });

    it('as the agent itself sees it', async () => {
      const seen: unknown[] = [];
      const agent: MiniAgent<{ n?: number }> = miniagent('agent', (ctx, { n = 2 }: { n?: number }): MessageType => {
        seen.push([ctx.id, ctx.parent, ctx.agent.name]);
        if (n > 0) return ctx.inquire(agent, null, { n: n - 1 });
      });
      await new MiniAgents().run(() => agent.inquire());
      expect(seen).to.deep.equal([
        ['1', undefined, 'agent'],
        ['1.1', '1', 'agent'],
        ['1.1.1', '1.1', 'agent'],
      ]);
    });

    it('whether agents start soon or wait, and whether anybody listens', async () => {
      const ids = async (startSoon: boolean, listens: boolean) => {
        const seen: string[] = [];
        const agent: MiniAgent<{ n?: number }> = miniagent('agent', (ctx, { n = 1 }: { n?: number }): MessageType => {
          seen.push(ctx.id);
          return n > 0 ? [0, 0].map((next) => ctx.inquire(agent, null, { n: next })) : null;
        });
        const miniAgents = new MiniAgents({ startSoon });
        if (listens) listen(miniAgents);
        await miniAgents.run(() => [agent.inquire(), agent.inquire()].map((replies) => replies.resolve())[1]);
        return seen.sort();
      };
      const expected = await ids(true, true);
      expect(expected).to.have.length(6);
      for (const [startSoon, listens] of [
        [true, false],
        [false, true],
        [false, false],
      ] as const)
        expect(await ids(startSoon, listens)).to.deep.equal(expected);
    });
  });

  describe('it is hot and shared', () => {
    const here = inside();

    it('a subscriber hears what happens from then on, beside the others', async () => {
      const early = listen(here.miniAgents);
      await texts(pass.inquire('one'));
      await turn();
      const late = listen(here.miniAgents);
      await texts(pass.inquire('two'));
      await turn();
      expect(late.length).to.be.greaterThan(4);
      expect(early.slice(-late.length)).to.deep.equal(late);
      expect(late.every(({ interaction: { id } }) => id === '2')).to.be.true;
    });

    it('it goes on over several runs and after a cancellation, without end', async () => {
      const miniAgents = new MiniAgents();
      const ends: string[] = [];
      miniAgents.events$.subscribe({ complete: () => ends.push('complete'), error: () => ends.push('error') });
      const events = listen(miniAgents);
      await miniAgents.run(() => pass.inquire('one'));
      const stopped = miniAgents.run(() => miniagent('never', () => NEVER).inquire());
      await turn();
      miniAgents.cancel();
      expect(await rejection(stopped)).to.be.instanceOf(CancelledError);
      const before = events.length;
      await miniAgents.run(() => pass.inquire('two'));
      expect(events.length).to.be.greaterThan(before);
      expect(ends).to.deep.equal([]);
    });

    it('each MiniAgents has its own, and the default one too, by the ctx of an agent in it', async () => {
      const [one, other] = [new MiniAgents(), new MiniAgents()];
      const [first, second] = [listen(one), listen(other)];
      await one.run(() => pass.inquire('x'));
      expect(first.length).to.be.greaterThan(4);
      expect(second).to.deep.equal([]);
    });

    it('a message that failed is not told of as whole', async () => {
      const events = listen(here.miniAgents);
      const broken = Message.stream(new Observable<string>((subscriber) => subscriber.error(boom)));
      await rejection(pass.inquire(broken).resolve());
      await turn();
      expect(events.filter(({ type }) => type === 'resolved')).to.deep.equal([]);
    });
  });

  describe('without subscribers nothing is different', () => {
    it('the same replies, ids and persisted messages', async () => {
      const run = async (listens: boolean) => {
        const seen: string[] = [];
        const agent = miniagent('agent', (ctx) => [ctx.id, ctx.inquire(top)]);
        const miniAgents = new MiniAgents({ onPersistMessages: (batch) => void seen.push(...batch.map(String)) });
        if (listens) listen(miniAgents);
        return [(await miniAgents.run(() => agent.inquire('question'))).join(), seen.sort().join()];
      };
      expect(await run(false)).to.deep.equal(await run(true));
    });

    it('a subscriber that has left is none', async () => {
      const miniAgents = new MiniAgents();
      const events: unknown[] = [];
      miniAgents.events$.subscribe((event) => events.push(event)).unsubscribe();
      await miniAgents.run(() => lastValueFrom(top('question').pipe(toArray())));
      expect(events).to.deep.equal([]);
    });

    it('one that leaves in the middle, and one that comes there, disturb nobody', async () => {
      const miniAgents = new MiniAgents();
      const [all, part] = [listen(miniAgents), [] as MiniAgentsEvent[]];
      const leaver = miniAgents.events$.subscribe((event) => {
        part.push(event);
        if (part.length < 3) return;
        leaver.unsubscribe();
        listen(miniAgents);
      });
      await miniAgents.run(() => top.inquire('question'));
      expect(all.length).to.be.greaterThan(10);
      expect(part).to.deep.equal(all.slice(0, 3));
    });
  });
});
