import { expect } from 'chai';
import { MessagePromise } from '../../lib/streams/message-promise.js';
import { TracedCall } from '../../lib/trace/traced-call.js';
import { failureOf, growing } from '../streams/support.js';

describe('TracedCall', () => {
  const begin = () => new TracedCall({ id: '1.2', parent: '1', agent: 'leaf' }, 'leaf <- top', { mark: '!' });

  it('makes two messages of what came', () => {
    const call = begin();
    call.add('received', MessagePromise.of('a'));
    call.add('replied', MessagePromise.of('b'));
    call.add('replied', failureOf(new RangeError('boom')));
    const [asked, replied] = call.nodes({ outcome: 'finished', error: '' });
    expect(asked.toObject()).to.deep.include({ agent: 'leaf', path: 'leaf <- top', id: '1.2', parent: '1' });
    expect(asked.params).to.deep.equal({ mark: '!' });
    expect(asked.messages.map(String)).to.deep.equal(['a']);
    expect(replied.call).to.equal(asked);
    expect(replied.messages.map(String)).to.deep.equal(['b', 'RangeError: boom']);
  });

  it('has no parent outside of all agents', () => {
    const [asked] = new TracedCall({ id: '1', agent: 'top' }, 'top', {}).nodes({ outcome: 'finished', error: '' });
    expect(asked.parent).to.equal('');
  });

  it('makes them of whatever it is told', () => {
    const half = 'half \ud83d';
    const call = new TracedCall({ id: '1', agent: half }, `${half} <- top`, { half, symbol: Symbol(half) });
    call.add('replied', failureOf(new Error(half)));
    const [asked, replied] = call.nodes({ outcome: 'failed', error: `Error: ${half}` });
    expect(asked).to.include({ agent: 'half \ufffd', path: 'half \ufffd <- top' });
    expect(asked.params).to.deep.equal({ half: 'half \ufffd', symbol: 'Symbol(half \ufffd) (symbol)' });
    expect(replied.error).to.equal('Error: half \ufffd');
    expect(replied.hashKey).to.have.lengthOf(64);
  });

  it('is settled when the last of its messages is', () => {
    const call = begin();
    const [one, other] = [growing(), growing()];
    call.add('received', one.message);
    call.add('replied', other.message);
    call.add('replied', failureOf('boom'));
    let settled = 0;
    call.whenSettled(() => settled++);
    one.log.end();
    expect(settled).to.equal(0);
    other.log.end(failureOf('cut'));
    expect(settled).to.equal(1);
    call.whenSettled(() => settled++);
    expect(settled).to.equal(2);
  });
});
