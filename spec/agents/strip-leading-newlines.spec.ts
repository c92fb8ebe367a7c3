import { stripLeadingNewlines } from '../../lib/agents/strip-leading-newlines.js';
import { marbles } from '../laws/support.js';

describe('stripLeadingNewlines', () => {
  const tokens = { n: '\n', r: '\r\n', m: '\n\na\n', a: 'a', s: ' \n', b: 'a\n' };

  it('drops the line ends before the first of anything else', () => {
    marbles(({ cold, expectObservable }) => {
      const stripped = (marbles: string) => cold(marbles, tokens).pipe(stripLeadingNewlines());
      expectObservable(stripped('n-r-a-n-a|')).toBe('----a-n-a|', tokens);
      expectObservable(stripped('n-m-a|')).toBe('--b-a|', tokens);
      expectObservable(stripped('n-s-a|')).toBe('--s-a|', tokens);
      expectObservable(stripped('n-n|')).toBe('---|');
      expectObservable(stripped('n-#')).toBe('--#');
      expectObservable(stripped('--')).toBe('--');
    });
  });

  it('of each subscriber by itself', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('n-a-n', tokens);
      const stripped = source.pipe(stripLeadingNewlines());
      expectObservable(stripped, '^--!').toBe('--a', tokens);
      expectObservable(stripped, '--^--!').toBe('----a', tokens);
      expectSubscriptions(source.subscriptions).toBe(['^--!', '--^--!']);
    });
  });
});
