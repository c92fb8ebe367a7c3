import { expect } from 'chai';
import type { Lane, Mark } from '../../../lib/testing/picture/story.js';
import { streamsOf } from '../../../lib/testing/picture/streams.js';

const measure = { time: 100, margin: 0, character: 1, marble: 5, tick: 1, ellipsis: '…' };
const reply = (at: number, endedAt: number | undefined, agent = 'a'): Mark => ({
  ...{
    at,
    kind: 'reply',
    first: true,
    message: { home: { agent }, ...(endedAt !== undefined && { endedAt }) } as never,
  },
});
const streams = (marks: Mark[]) =>
  streamsOf(
    { marks } as unknown as Lane,
    (at) => at,
    measure,
    ({ agent }) => (agent === 'a' ? 0 : 1),
  );

describe('streamsOf', () => {
  it('go from where a message comes to where it is whole, or to the end', () => {
    expect(streams([reply(1, 20), reply(50, undefined)])).to.deep.equal([
      { x: 1, to: 20, colour: 0 },
      { x: 50, to: 100, colour: 0 },
    ]);
  });

  it('are not drawn where a message takes no time', () => {
    expect(streams([reply(1, 1), reply(2, 4)])).to.deep.equal([]);
  });

  it('of one colour are one where they touch', () => {
    expect(streams([reply(1, 20), reply(10, 30), reply(15, 40, 'b')])).to.deep.equal([
      { x: 1, to: 30, colour: 0 },
      { x: 15, to: 40, colour: 1 },
    ]);
  });
});
