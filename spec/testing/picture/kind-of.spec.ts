import { expect } from 'chai';
import { kindOf } from '../../../lib/testing/picture/kind-of.js';
import type { Mark, ToldMessage } from '../../../lib/testing/picture/story.js';

const reply = (message: object): Mark => ({ at: 0, kind: 'reply', first: true, message: message as ToldMessage });
const error = (name: string): Mark => ({ at: 0, kind: 'error', first: true, error: { name, message: '' } });

describe('kindOf', () => {
  it('a cancellation is a cut, an error a cross, all else a marble', () => {
    expect([error('CancelledError'), error('TypeError')].map(kindOf)).to.deep.equal(['cut', 'error']);
    expect(kindOf(reply({ tokens: [], whole: { $type: 'Message', text: 'CancelledError' } }))).to.equal('reply');
    expect(kindOf(reply({ tokens: [] }))).to.equal('reply');
  });

  it('an error that is a message is an error, but not a message that was cut short by one', () => {
    const whole = { $type: 'ErrorMessage', text: 'RangeError: boom' };
    expect(kindOf(reply({ tokens: [], whole }))).to.equal('error');
    expect(kindOf(reply({ tokens: [], whole: { ...whole, text: 'CancelledError: enough' } }))).to.equal('cut');
    expect(kindOf(reply({ tokens: ['so far'], whole }))).to.equal('reply');
  });
});
