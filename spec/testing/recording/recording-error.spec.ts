import { expect } from 'chai';
import { MiniAgentsError } from 'miniagents';
import { RecordingError } from 'miniagents/testing';

describe('RecordingError', () => {
  it('says where, what was expected and what came, as it stands there', () => {
    const error = new RecordingError(3, 'an event', { a: 1 }, 'run.jsonl');
    expect(error).to.be.instanceOf(MiniAgentsError).and.include({ name: 'RecordingError', line: 3 });
    expect(error.message).to.equal('line 3 of run.jsonl: expected an event; got {"a":1}');
    expect(new RecordingError(1, 'x', 1).message).to.equal('line 1 of the recording: expected x; got 1 (number)');
    expect(new RecordingError(1, 'x', { a: 'b'.repeat(500) }).message).to.have.lengthOf.below(200);
  });
});
