import { expect } from 'chai';
import { inTurn, isLastInTurn } from '../../../lib/agents/node/in-turn.js';

describe('inTurn', () => {
  it('does what is asked for one file in order, also after something failed, and for others at once', async () => {
    const done: string[] = [];
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const first = inTurn('a.txt', async () => {
      await held;
      done.push('first');
      throw new RangeError('boom');
    }).catch((error: unknown) => done.push(String(error)));
    const second = inTurn('./a.txt', async () => done.push('second'));
    await inTurn('b.txt', async () => done.push('other'));
    letGo();
    await Promise.all([first, second]);
    expect(done).to.have.ordered.members(['other', 'first', 'RangeError: boom', 'second']);
  });

  it('tells what is the last with a file', async () => {
    const first = inTurn('c.txt', () => Promise.resolve());
    expect(isLastInTurn('./c.txt', first)).to.equal(true);
    const second = inTurn('./c.txt', () => Promise.resolve());
    expect([first, second].map((done) => isLastInTurn('c.txt', done))).to.deep.equal([false, true]);
    await second;
    expect(isLastInTurn('c.txt', second)).to.equal(false);
  });
});
