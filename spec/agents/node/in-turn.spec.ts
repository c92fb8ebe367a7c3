import { expect } from 'chai';
import { inTurn } from '../../../lib/agents/node/in-turn.js';

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
});
