import { expect } from 'chai';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { LifecycleError } from '../../lib/errors/lifecycle-error.js';
import { brandErrors, MiniAgentsError } from '../../lib/errors/mini-agents-error.js';

/** What another copy of the library has as its classes. */
function otherCopy() {
  class OtherMiniAgentsError extends Error {
    static {
      brandErrors(this, 'MiniAgentsError');
    }
  }
  class OtherLifecycleError extends OtherMiniAgentsError {
    static {
      brandErrors(this, 'LifecycleError');
    }
  }
  return { OtherMiniAgentsError, OtherLifecycleError };
}

describe('MiniAgentsError', () => {
  it('is an Error with a name', () => {
    const error = new MiniAgentsError('boom', { cause: 'why' });
    expect(error).to.be.instanceOf(MiniAgentsError).and.instanceOf(Error);
    expect(error).to.include({ name: 'MiniAgentsError', message: 'boom', cause: 'why' });
    expect(String(error)).to.equal('MiniAgentsError: boom');
  });

  it('knows its kin, and those that are TypeErrors, too', () => {
    expect(new LifecycleError('late')).to.be.instanceOf(MiniAgentsError);
    expect(new InvalidArgumentError('a token', 42)).to.be.instanceOf(MiniAgentsError);
  });

  it('tells its kin apart', () => {
    expect(new LifecycleError('late')).not.to.be.instanceOf(CancelledError);
    expect(new MiniAgentsError('boom')).not.to.be.instanceOf(LifecycleError);
  });

  it('knows no other errors, and nothing that only looks like one', () => {
    const others = [new Error('boom'), Object.assign(new Error('boom'), { name: 'MiniAgentsError' }), {}, null, 'boom'];
    for (const other of others) expect(other).not.to.be.instanceOf(MiniAgentsError);
    expect({ ...new LifecycleError('late') }).not.to.be.instanceOf(LifecycleError);
  });

  it('knows the errors of another copy of the library, and they know its own', () => {
    const { OtherMiniAgentsError, OtherLifecycleError } = otherCopy();
    expect(new OtherLifecycleError('late')).to.be.instanceOf(LifecycleError).and.instanceOf(MiniAgentsError);
    expect(new OtherMiniAgentsError('boom')).not.to.be.instanceOf(LifecycleError);
    expect(new LifecycleError('late')).to.be.instanceOf(OtherLifecycleError).and.instanceOf(OtherMiniAgentsError);
  });

  it('leaves a user’s subclass its ordinary instanceof', () => {
    class Mine extends LifecycleError {}
    expect(new Mine('late')).to.be.instanceOf(Mine).and.instanceOf(LifecycleError);
    expect(new LifecycleError('late')).not.to.be.instanceOf(Mine);
  });
});
