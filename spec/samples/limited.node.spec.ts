import { expect } from 'chai';
import { concatAll, map, NEVER, of } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { Message, miniagent } from 'miniagents';
import { limited } from '../../samples/digest/limited.js';

const inVirtualTime = (test: Parameters<TestScheduler['run']>[0]) =>
  new TestScheduler((actual, expected) => void expect(actual).to.deep.equal(expected)).run(test);

describe('an agent of which so many runs may be under way', () => {
  it('has the others wait for their turn, in order', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const work = cold('--x|');
      const two = limited(
        miniagent('work', () => Message.stream(work)),
        2,
      );
      const boss = miniagent('boss', (ctx) => [1, 2, 3, 4, 5].map(() => ctx.inquire(two)));
      expectObservable(of('go').pipe(boss, concatAll())).toBe('--xx-xx-x|');
      expectSubscriptions(work.subscriptions).toBe(['^--!', '^--!', '---^--!', '---^--!', '------^--!']);
    });
  });

  it('lets the next one go when one fails', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const works = [cold('--#'), cold('--x|')];
      const one = limited(
        miniagent('work', () => works.shift() as never),
        1,
      );
      const boss = miniagent('boss', (ctx) => [1, 2].map(() => ctx.inquire(one, null, { errorsAsMessages: true })));
      expectObservable(of('go').pipe(boss, concatAll())).toBe('--e-x|', { e: 'Error: error', x: 'x' });
    });
  });

  it('has an error in the midst of a message there alone', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const one = limited(
        miniagent('work', () => Message.stream(cold('x----#'))),
        1,
      );
      const boss = miniagent('boss', (ctx) => [1, 2].map(() => ctx.inquire(one, null, { errorsAsMessages: true })));
      expectObservable(of('go').pipe(boss, concatAll())).toBe('x----(ex)-(e|)', { e: '\nError: error', x: 'x' });
    });
  });

  it('lets the next one go when one is cancelled, and forgets those that were cancelled before their turn', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const work = cold('----x|');
      const one = limited(
        miniagent('work', () => work.pipe(map(String))),
        1,
      );
      expectObservable(one('a').pipe(concatAll()), '^-!').toBe('---');
      expectObservable(one('b').pipe(concatAll()), '^!').toBe('--');
      expectObservable(one('c').pipe(concatAll())).toBe('------x|');
      expectSubscriptions(work.subscriptions).toBe(['^-!', '--^----!']);
    });
  });

  it('has the name of the agent', () => {
    expect(
      limited(
        miniagent('work', () => NEVER),
        1,
      ).name,
    ).to.equal('work');
  });
});
