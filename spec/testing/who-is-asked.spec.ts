import { expect } from 'chai';
import { miniagent } from 'miniagents';
import { marbles } from 'miniagents/testing';
import { concatAll, merge, NEVER, of } from 'rxjs';
import { WhoIsAsked } from '../../lib/testing/who-is-asked.js';

describe('WhoIsAsked', () => {
  const leaf = miniagent('leaf', () => 'a');
  const boss = miniagent('boss', (ctx) => ctx.inquire(leaf));

  it('names the agents that are asked by who subscribes, and not those whom they ask', () => {
    marbles(({ expectMessages }) => {
      const [one, two, none] = [of('go').pipe(boss), merge(boss('a'), leaf('b')), NEVER].map(
        (source) => new WhoIsAsked<unknown>(source),
      );
      for (const asked of [one, two, none]) asked?.observed.subscribe().unsubscribe();
      expect([one, two, none].map(String)).to.deep.equal(['agent boss', 'agents boss, leaf', 'the Observable']);
      expectMessages(boss('a')).toBe('(a|)');
    });
  });

  it('is who an expectation that is not met speaks of', () => {
    const spec = () =>
      marbles(({ cold, expectObservable, expectSubscriptions, expectTokens }) => {
        const source = cold('-a-|');
        expectTokens(of('go').pipe(boss, concatAll())).toBe('-a|');
        expectObservable(source).toBe('-a|');
        expectSubscriptions(source.subscriptions).toBe('^--!');
      });
    expect(spec)
      .to.throw(AggregateError)
      .with.property('errors')
      .that.satisfies((errors: Error[]) =>
        ['the tokens of agent boss: ', 'the Observable: '].every((start, place) =>
          errors[place]?.message.startsWith(start),
        ),
      );
  });
});
