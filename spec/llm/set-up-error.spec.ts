import { expect } from 'chai';
import { MiniAgentsError } from '../../lib/errors/mini-agents-error.js';
import { SetUpError } from '../../lib/llm/set-up-error.js';

describe('SetUpError', () => {
  it('says what is missing, and what to do', () => {
    const cause = new Error('Missing credentials');
    const error = new SetUpError('openai', 'OPENAI_API_KEY', 'set OPENAI_API_KEY', cause);
    expect(error).to.be.instanceOf(SetUpError).and.instanceOf(MiniAgentsError);
    expect(error).to.include({ name: 'SetUpError', provider: 'openai', missing: 'OPENAI_API_KEY', cause });
    expect(error.message).to.equal(
      'no client for openai: set OPENAI_API_KEY, or give the agent a `client` (Missing credentials)',
    );
  });

  it('takes whatever was thrown as its cause', () => {
    expect(new SetUpError('openai', 'openai', 'install it', 'no').message).to.match(/\(no\)$/);
  });
});
