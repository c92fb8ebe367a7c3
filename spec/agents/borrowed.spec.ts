import { expect } from 'chai';
import { CancelledError, MessageSequence, NotAMessageError } from 'miniagents';
import { Subject } from 'rxjs';
import { borrow } from '../../lib/agents/borrowed.js';
import { inside, rejection, texts } from '../laws/support.js';

describe('borrow', () => {
  inside();

  it('subscribes at once, and lets go', async () => {
    const input = new Subject<string>();
    const { sequence, letGo } = borrow(input);
    expect(input.observed).to.equal(true);
    letGo();
    expect(input.observed).to.equal(false);
    expect(await rejection(sequence.resolve())).to.be.instanceOf(CancelledError);
  });

  it('leaves alone what was a sequence before', async () => {
    const input = new Subject<string>();
    const given = MessageSequence.from(input);
    const { sequence, letGo } = borrow(given);
    expect(sequence).to.equal(given);
    letGo();
    input.next('a');
    input.complete();
    expect(await texts(given)).to.deep.equal(['a']);
  });

  it('takes messages only', () => {
    expect(() => borrow(42 as never)).to.throw(NotAMessageError);
  });
});
