import { expect } from 'chai';
import { ownErrorStep } from '../../../lib/testing/recording/own-error.js';
import { events, runOf, said } from './support.js';

describe('ownErrorStep', () => {
  const error = { name: 'RangeError', message: 'boom' };
  const inquired = { type: 'inquired' as const, run: '1', agent: 'a', params: {} };
  const step = (...all: Parameters<typeof events>) => ownErrorStep(runOf(events(inquired, ...all)));

  it('is where the error came, as it is or as a message', () => {
    expect(
      step({ type: 'replied', run: '1', error }, { type: 'repliedAll', run: '1' }, { type: 'failed', run: '1', error }),
    ).to.equal(0);
    const value = { $type: 'ErrorMessage', text: 'RangeError: boom', error: 'RangeError: boom' };
    expect(
      step(
        { type: 'replied', run: '1', message: '1>1' },
        { type: 'resolved', message: '1>1', value },
        { type: 'failed', run: '1', error },
      ),
    ).to.equal(0);
  });

  it('is nowhere where it came after the end, or the agent did not fail', () => {
    const text = said('a');
    expect(
      step(
        { type: 'replied', run: '1', message: '1>1' },
        { type: 'resolved', message: '1>1', value: text },
        { type: 'repliedAll', run: '1' },
        { type: 'failed', run: '1', error },
      ),
    ).to.equal(-1);
    expect(step({ type: 'replied', run: '1', error }, { type: 'finished', run: '1' })).to.equal(-1);
  });
});
