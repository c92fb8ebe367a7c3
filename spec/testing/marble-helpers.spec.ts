import { expect } from 'chai';
import { concatMap, map, of, timer } from 'rxjs';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { miniagent } from '../../lib/runtime/miniagent.js';
import { MiniAgents } from '../../lib/runtime/mini-agents.js';
import { marbles } from '../../lib/testing/marbles.js';

describe('the helpers of marbles', () => {
  const pass = miniagent('pass', (ctx) => ctx.messages);

  /** Sees that something holds, and that it does not where one thing is changed. */
  const sees = (spec: Parameters<typeof marbles>[0], changed: Parameters<typeof marbles>[0]) => {
    marbles(spec);
    expect(() => marbles(changed)).to.throw(/not as expected/);
  };

  it('tokens: a message from a diagram, with what is known before its text', () => {
    const spec = (expected: string) =>
      marbles(({ tokens, expectTokens, expectMessages }) => {
        const message = tokens('-a-b|', { role: 'assistant' }, { a: 'Hel', b: 'lo' });
        expect(message.draft.role).to.equal('assistant');
        expectTokens(pass.inquire(message)).toBe(expected, { x: 'Hel', y: 'lo' });
        expectMessages(of(message)).toBe('(m|)', { m: { text: 'Hello', role: 'assistant' } });
      });
    spec('-x-y|');
    expect(() => spec('-x--y|')).to.throw(/the tokens of agent pass: not as expected/);
  });

  it('a letter stands for any value, undefined and null too', () => {
    marbles(({ cold, expectObservable }) => {
      const values = { a: undefined, b: null, c: 0 };
      expectObservable(cold('abc|', values)).toBe('abc|', values);
      expectObservable(of(undefined, null, 0)).toBe('(abc|)', values);
    });
    expect(() =>
      marbles(({ expectObservable }) => expectObservable<unknown>(of('a')).toBe('(a|)', { a: undefined })),
    ).to.throw(/a = undefined/);
  });

  it('agent: one that replies as in a diagram, whenever it is asked', () => {
    marbles(({ agent, expectTokens }) => {
      const leaf = agent('leaf', '-a---b|', { a: ['one', ['two']] });
      expectTokens(leaf.inquire()).toBe('-(xy)b|', { x: 'one', y: 'two' });
      const later = miniagent('later', (ctx) => timer(3).pipe(concatMap(() => ctx.inquire(leaf))));
      expectTokens(later.inquire()).toBe('----(xy)b|', { x: 'one', y: 'two' });
    });
  });

  it('agent: one that fails', () => {
    const boom = new RangeError('boom');
    sees(
      ({ agent, expectTokens }) => expectTokens(agent('leaf', '-a-#', {}, boom).inquire()).toBe('-a-#', {}, boom),
      ({ agent, expectTokens }) => expectTokens(agent('leaf', '-a-#', {}, boom).inquire()).toBe('-a-|'),
    );
  });

  it('expectMessages: when each arrives, and what has become of it', () => {
    const boom = new RangeError('boom');
    marbles(({ tokens, cold, expectMessages }) => {
      const sent = cold('-a-b-c|', { a: tokens('10ms x|'), b: 'text', c: tokens('9ms #', {}, {}, boom) });
      expectMessages(pass.inquire(sent)).toBe('-a-b-c|', {
        a: 'x',
        b: { text: 'text' },
        c: boom,
      });
    });
  });

  it('expectEvents: what happens in a MiniAgents, agent by agent', () => {
    const events = { a: 'pass inquired', b: 'pass started', c: 'pass finished', r: 'pass replied', w: 'pass resolved' };
    marbles(({ expectEvents }) => {
      const miniAgents = new MiniAgents().activate();
      expectEvents(miniAgents).toBe('(amwbrc)', { ...events, m: 'pass received' });
      pass.inquire('a');
      void miniAgents.finalize();
    });
  });

  it('expectSubscriptions: when a source is let go', () => {
    sees(
      ({ cold, expectTokens, expectSubscriptions }) => {
        const source = cold('-a--b|');
        expectTokens(
          of('go').pipe(
            map(() => source),
            concatMap(miniagent('leaf', (ctx) => ctx.messages)),
            concatMap(({ whole$ }) => whole$),
            map(String),
          ),
          '--!',
        ).toBe('-a');
        expectSubscriptions(source.subscriptions).toBe('^-!');
      },
      ({ cold, expectSubscriptions }) => expectSubscriptions(cold('-a|').subscriptions).toBe('^-!'),
    );
  });

  it('expectObservable, hot and time are as in RxJS', () => {
    sees(
      ({ hot, time, expectObservable }) => expectObservable(hot('--^-a-|')).toBe(`${'-'.repeat(time('--|'))}a-|`),
      ({ hot, expectObservable }) => expectObservable(hot('--^-a-|')).toBe('--a--|'),
    );
  });

  it('flush: what is expected so far is checked now; of several that are not met, all are shown', () => {
    const seen: string[] = [];
    marbles(({ flush, cold }) => {
      cold('-a-b|').subscribe((letter) => seen.push(letter));
      flush();
      expect(seen).to.deep.equal(['a', 'b']);
    });
    const failing = () =>
      marbles(({ cold, expectObservable }) => {
        expectObservable(cold('-a|')).toBe('-b|');
        expectObservable(cold('-c|')).toBe('-d|');
      });
    expect(failing).to.throw(AggregateError, /-b\|[^]*-d\|/);
  });

  for (const [helper, wrong] of [
    ['cold', '-(a'],
    ['hot', '-a-10ms-|'],
    ['tokens', 7],
    ['agent', '-(a'],
  ] as const)
    it(`${helper}: refuses ${JSON.stringify(wrong)}`, () => {
      const use = () =>
        marbles(
          (helpers) => void (helper === 'agent' ? helpers.agent('leaf', wrong) : helpers[helper](wrong as never)),
        );
      expect(use).to.throw(InvalidArgumentError, 'a marble diagram');
    });
});
