import { expect } from 'chai';
import { CommandError } from '../../lib/cli/command-error.node.js';

describe('CommandError', () => {
  it('has what the user is told, and what the process ends with', () => {
    expect(new CommandError('no such file', 1))
      .to.be.instanceOf(Error)
      .and.include({ message: 'no such file', exitCode: 1 });
  });
});
