import { expect } from 'chai';
import { List } from 'immutable';
import { Message } from '../../lib/messages/message.js';
import { UnusedStepsError } from '../../lib/testing/unused-steps-error.js';

describe('UnusedStepsError', () => {
  it('names the steps and the calls', () => {
    const error = new UnusedStepsError(
      'model',
      ['step 2 expects "a"', 'step 3 expects /b/'],
      [List(), List([new Message({ text: 'Why?' })])],
    );
    expect(error.message).to.equal(
      'the script of agent model has 2 steps that were not used: step 2 expects "a"; step 3 expects /b/. ' +
        'call 1 was nothing; call 2 was "Why?"',
    );
    expect(error.name).to.equal('UnusedStepsError');
  });
});
