import { expect } from 'chai';
import { MiniAgentsError } from '../../lib/errors/mini-agents-error.js';
import { RealInputOutputError } from '../../lib/testing/real-input-output-error.js';

describe('RealInputOutputError', () => {
  it('says what it was, and who has not ended', () => {
    const error = new RealInputOutputError(['a socket (TCPWRAP)', 'a file (FSREQPROMISE)'], ['fetches', 'boss']);
    expect(error).to.be.instanceOf(MiniAgentsError).and.include({ name: 'RealInputOutputError' });
    expect(error.message).to.equal(
      'real input or output does not go on in virtual time: a socket (TCPWRAP), a file (FSREQPROMISE); ' +
        'not ended: fetches, boss. Begin it before asyncMarbles, or put a scripted agent or a value in its place',
    );
  });
});
