import { expect } from 'chai';
import { LifecycleError } from '../../lib/errors/lifecycle-error.js';
import { MiniAgentsError } from '../../lib/errors/mini-agents-error.js';

describe('LifecycleError', () => {
  it('is a MiniAgentsError with a name of its own', () => {
    const error = new LifecycleError('too late');
    expect(error).to.be.instanceOf(LifecycleError).and.instanceOf(MiniAgentsError);
    expect(error).to.include({ name: 'LifecycleError', message: 'too late' });
  });

  it('has what was to be sent', () => {
    const late = ['a reply'];
    expect(new LifecycleError('too late', late).late).to.equal(late);
    expect(new LifecycleError('twice').late).to.equal(undefined);
  });
});
