import { expect } from 'chai';
import { CancelledError, MessageSequence, NotAMessageError } from 'miniagents';
import { timer } from 'rxjs';
import { borrow } from '../../lib/agents/borrowed.js';
import { inside, marbles } from '../laws/support.js';

describe('borrow', () => {
  inside();

  it('subscribes at once, and lets go', () => {
    marbles(({ cold, expectMessages, expectSubscriptions }) => {
      const input = cold('-a-b');
      const { sequence, letGo } = borrow(input);
      timer(2).subscribe(letGo);
      const cancelled = new CancelledError('the sequence', 'nobody reads it any more');
      expectMessages(sequence).toBe('-a#', {}, cancelled);
      expectSubscriptions(input.subscriptions).toBe('^-!');
    });
  });

  it('leaves alone what was a sequence before', () => {
    marbles(({ cold, expectMessages }) => {
      const given = MessageSequence.from(cold('-a-b|'));
      const { sequence, letGo } = borrow(given);
      expect(sequence).to.equal(given);
      timer(2).subscribe(letGo);
      expectMessages(given).toBe('-a-b|');
    });
  });

  it('takes messages only', () => {
    expect(() => borrow(42 as never)).to.throw(NotAMessageError);
  });
});
