import { expect } from 'chai';
import { CancelledError, Message, miniagent, MiniAgents } from 'miniagents';
import type { MessagePromise, MessageType, MiniAgent, MiniAgentsEvent } from 'miniagents';
import { concatMap, count, filter, groupBy, lastValueFrom, map, mergeMap, NEVER, of, take, timer, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { forEachStart, inside, marbles, pass, rejection, turn } from './support.js';

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

/** What happens, in words, and only what is of these types. */
const happening = (miniAgents: MiniAgents, types: readonly string[]): Observable<string> =>
  miniAgents.events$.pipe(
    filter(({ type }) => types.includes(type)),
    map((event) => {
      const { agent, id } = event.interaction;
      if (event.type === 'resolved') return `resolved by ${agent}: ${event.message}`;
      if (event.type === 'replied') return `replied by ${agent}: ${(event.message as MessagePromise).draft}`;
      return `${event.type}: ${agent} ${id}${event.type === 'failed' ? ` of ${event.error}` : ''}`;
    }),
  );

/** What happens in one frame, as a diagram, and what its letters stand for. */
function inOneFrame(...lines: string[]): [string, Record<string, string>] {
  const letters = lines.map((_, index) => String.fromCharCode(97 + index));
  return [`(${letters.join('')})`, Object.fromEntries(lines.map((line, index) => [letters[index], line]))];
}

describe('law 11: one stream of events', () => {
  forEachStart((here) => {
    it('everything that happens to a call passes through it, in its order (B28)', () => {
      marbles(({ expectEvents, expectTokens }) => {
        const asked = ['leaf inquired', 'leaf received', 'leaf resolved', 'leaf started'];
        const said = ['leaf replied', 'leaf resolved', 'leaf replied', 'leaf finished'];
        expectEvents(here.miniAgents).toBe(...inOneFrame(...asked, ...said));
        expectTokens(leaf.inquire('question')).toBe('(lq|)', { l: 'leaf', q: 'question' });
      });
    });

    it('messages are in it as promises when they come, and whole, once, when they are whole', () => {
      marbles(({ tokens, expectObservable, expectMessages }) => {
        const promise = tokens('-------t-|');
        const told = (...types: string[]) =>
          here.miniAgents.events$.pipe(
            filter(({ type }) => types.includes(type)),
            map((event) => 'message' in event && event.message),
          );
        expectObservable(told('received', 'replied')).toBe('(pppp)', { p: promise });
        expectObservable(told('resolved')).toBe('---------w', { w: new Message({ text: 't' }) });
        expectMessages(of(promise).pipe(pass, pass)).toBe('m--------|', { m: 't' });
      });
    });

    it('an interaction ends once: finished, failed with its error, or cancelled', () => {
      marbles(({ cold, expectObservable }) => {
        const failing = miniagent('failing', () => {
          throw boom;
        });
        const inner = miniagent('inner', () => NEVER);
        const never = miniagent('never', (ctx) => [ctx.inquire(inner), NEVER]);
        expectObservable(happening(here.miniAgents, ENDS)).toBe('(abcde)---(fg)(hi)', {
          a: 'failed: failing 1 of Error: boom',
          b: 'finished: pass 4',
          ...{ c: 'finished: leaf 5.1', d: 'finished: leaf 5.2', e: 'finished: top 5' },
          ...{ f: 'cancelled: never 2', g: 'cancelled: inner 2.1' },
          ...{ h: 'cancelled: never 3', i: 'cancelled: inner 3.1' },
        });
        const stopped = [failing, never].map((agent) => {
          const replies = agent.inquire();
          replies.subscribe({ error: () => {} });
          return replies;
        })[1];
        const left = never('x').subscribe();
        of('x').pipe(pass).subscribe();
        top.inquire().subscribe();
        cold('10ms x').subscribe(() => stopped?.cancel());
        cold('14ms x').subscribe(() => left.unsubscribe());
      });
    });

    it('a message is told of from the inside out, as whole where it was said, and a child is over before its parent', () => {
      marbles(({ expectObservable }) => {
        const passed = (text: string) => ['top', 'upmost'].map((agent) => `replied by ${agent}: ${text}`);
        const said = (text: string) => [
          ...['replied by leaf: leaf', 'resolved by leaf: leaf', ...passed('leaf')],
          ...[`replied by leaf: ${text}`, ...passed(text)],
        ];
        expectObservable(happening(here.miniAgents, ['replied', 'resolved', 'finished'])).toBe(
          ...inOneFrame(
            ...['resolved by leaf: one', 'resolved by leaf: two'],
            ...[...said('one'), 'finished: leaf 1.1.1', ...said('two'), 'finished: leaf 1.1.2'],
            ...['finished: top 1.1', 'finished: upmost 1'],
          ),
        );
        miniagent('upmost', (ctx) => ctx.inquire(top))
          .inquire()
          .subscribe();
      });
    });

    it('it can be grouped and counted like any Observable: one stream for logs, traces and recordings', () => {
      marbles(({ expectObservable, expectMessages }) => {
        const counts = here.miniAgents.events$.pipe(
          take(9 + 2 * 8),
          groupBy(({ interaction }) => interaction.agent),
          mergeMap((group) =>
            group.pipe(
              count(),
              map((events) => `${group.key}: ${events}`),
            ),
          ),
        );
        expectObservable(counts).toBe('(tl|)', { t: 'top: 9', l: 'leaf: 16' });
        expectMessages(top('question')).toBe('(abcd|)', { a: 'leaf', b: 'one', c: 'leaf', d: 'two' });
      });
    });
  });

  describe('interaction ids are the same from run to run', () => {
    /** A tree of agents whose branches come in another order each time. */
    const trace = (delays: readonly number[]) =>
      marbles(({ flush }) => {
        const branch = miniagent('branch', (ctx, { n = 0 }: { n?: number }) =>
          timer(delays[n] ?? 0).pipe(concatMap(() => [ctx.inquire(leaf, String(n)), ctx.inquire(top)])),
        );
        const tree = miniagent('tree', (ctx) => [0, 1, 2].map((n) => ctx.inquire(branch, null, { n })));
        const miniAgents = new MiniAgents();
        const events = listen(miniAgents);
        void miniAgents.run(() => [tree.inquire(), top.inquire('other')]);
        flush();
        return shown(events);
      });

    it('the place in the tree of inquiries, not the time', () => {
      const [one, other, again] = [trace([0, 1, 2]), trace([2, 0, 1]), trace([0, 1, 2])];
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

    it('a subscriber hears what happens from then on, beside the others', () => {
      marbles(({ cold, expectObservable }) => {
        const started = happening(here.miniAgents, ['started']);
        expectObservable(started).toBe('a----b', { a: 'started: pass 1', b: 'started: pass 2' });
        expectObservable(started, '---^').toBe('-----b', { b: 'started: pass 2' });
        cold('a----b')
          .pipe(concatMap((question) => pass(question)))
          .subscribe();
      });
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

    it('a message that failed is not told of as whole', () => {
      marbles(({ tokens, expectObservable, expectTokens }) => {
        expectObservable(happening(here.miniAgents, ['resolved'])).toBe('-');
        expectTokens(pass.inquire(tokens('a-#'))).toBe('a-#');
      });
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
