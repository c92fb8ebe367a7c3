import { expect } from 'chai';
import { MiniAgentsError } from 'miniagents';
import { RecordingMismatchError } from 'miniagents/testing/node';

describe('RecordingMismatchError', () => {
  it('names the file, the difference and the command', () => {
    const error = new RecordingMismatchError('a.jsonl', '- a\n+ b');
    expect(error)
      .to.be.instanceOf(MiniAgentsError)
      .and.include({ name: 'RecordingMismatchError', path: 'a.jsonl', difference: '- a\n+ b', showDiff: false });
    expect(error.message).to.include('a.jsonl').and.include('- a\n+ b').and.include('MINIAGENTS_RECORD=all');
  });
});
