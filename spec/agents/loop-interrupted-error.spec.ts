import { expect } from 'chai';
import { MiniAgentsError } from 'miniagents';
import { LoopInterruptedError } from 'miniagents/agents';

describe('LoopInterruptedError', () => {
  it('says that the loop was interrupted, and why', () => {
    expect(String(new LoopInterruptedError())).to.equal('LoopInterruptedError: the loop was interrupted');
    expect(new LoopInterruptedError('Ctrl-C').message).to.equal('the loop was interrupted: Ctrl-C');
  });

  it('is a MiniAgentsError', () => {
    expect(new LoopInterruptedError()).to.be.instanceOf(MiniAgentsError).and.instanceOf(Error);
    expect(new MiniAgentsError()).to.not.be.instanceOf(LoopInterruptedError);
  });
});
