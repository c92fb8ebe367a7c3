import { expect } from 'chai';
import { MiniAgentsError } from 'miniagents';
import { MissingRecordingError } from 'miniagents/testing/node';

describe('MissingRecordingError', () => {
  it('names the file and the command', () => {
    const error = new MissingRecordingError('a.jsonl');
    expect(error).to.be.instanceOf(MiniAgentsError).and.include({ name: 'MissingRecordingError', path: 'a.jsonl' });
    expect(error.message).to.include('a.jsonl').and.include('MINIAGENTS_RECORD=missing npm test');
  });
});
