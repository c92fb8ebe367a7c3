import { expect } from 'chai';
import { clustersOf } from '../../../lib/testing/picture/clusters.js';
import type { Mark } from '../../../lib/testing/picture/story.js';

const mark = (at: number, kind: Mark['kind'] = 'reply', first = true): Mark => ({
  ...{ at, kind, first, ...(kind === 'error' && { error: { name: 'Error', message: '' } }) },
});
const shown = (marks: Mark[]): string[] =>
  clustersOf(
    marks,
    (at) => at * 2,
    10,
    () => 0,
  ).map((each) => `${each.x} ${each.kind} ${each.marks.length}`);

describe('clustersOf', () => {
  it('puts together what is too close, by kind', () => {
    expect(shown([mark(0), mark(4), mark(5), mark(1, 'error'), mark(30)])).to.deep.equal([
      ...['0 reply 2', '2 error 1', '10 reply 1', '60 reply 1'],
    ]);
  });

  it('goes by time, whatever the order in which it was told', () => {
    expect(shown([mark(30), mark(0), mark(1)])).to.deep.equal(['0 reply 2', '60 reply 1']);
  });

  it('is new if one of it is, and has the colour of that one', () => {
    const home = (agent: string) => ({ message: { home: { agent }, tokens: [] } as never });
    const marks = [
      { ...mark(0, 'reply', false), ...home('other') },
      { ...mark(1), ...home('own') },
    ];
    const [cluster] = clustersOf(
      marks,
      (at) => at,
      10,
      ({ agent }) => (agent === 'own' ? 1 : 2),
    );
    expect(cluster).to.deep.include({ first: true, colour: 1 });
  });
});
