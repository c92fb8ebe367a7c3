import { expect } from 'chai';
import { MiniAgentsError } from 'miniagents';
import { UnrecordedQuestionError } from 'miniagents/testing';

describe('UnrecordedQuestionError', () => {
  it('says who was asked what, and what to do', () => {
    const error = new UnrecordedQuestionError('leaf', '1', 'message 1 differs', '- a\n+ b');
    expect(error)
      .to.be.instanceOf(MiniAgentsError)
      .and.include({ name: 'UnrecordedQuestionError', agent: 'leaf', nearest: '1', difference: '- a\n+ b' });
    expect(error.message).to.match(
      /^agent leaf was asked what the recording does not have: message 1 differs\n\n- a\n\+ b\n\n.*live/,
    );
  });
});
