import { expect } from 'chai';
import { MiniAgentsError } from 'miniagents';
import { StoreError } from 'miniagents/store';

describe('StoreError', () => {
  it('says which store, what went wrong, and why', () => {
    const cause = new Error('disk full');
    const error = new StoreError('unavailable', 'JSONL store chat.jsonl', 'cannot write: disk full', cause);
    expect(error).to.be.instanceOf(MiniAgentsError);
    expect(error.name).to.equal('StoreError');
    expect(error.message).to.equal('JSONL store chat.jsonl: cannot write: disk full');
    expect({ ...error }).to.include({ problem: 'unavailable', store: 'JSONL store chat.jsonl' });
    expect(error.cause).to.equal(cause);
    expect('cause' in new StoreError('closed', 'memory store', 'closed')).to.equal(false);
  });
});
