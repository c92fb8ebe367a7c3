import { expect } from 'chai';
import { readText, writeText } from '../../../lib/agents/node/history-text.js';

// That whatever is written is read back as it was: history-format.spec.ts.
describe('the text of a message in a history', () => {
  it('is as it was said, but for what would be read as something else', () => {
    expect(writeText('Hello.\n\n# Title\n\nuser\n\n===')).to.equal('Hello.\n\n# Title\n\nuser\n\n===');
    expect(writeText('# user\nuser\n===')).to.equal('\\# user\nuser\n\\===');
    expect(writeText('\n')).to.equal('\\\n\\');
    expect(writeText('\\# user\n\\\n\\text')).to.equal('\\\\# user\n\\\\\n\\text');
  });

  it('is read without blank lines at its edges, and is nothing if there are no others', () => {
    expect(readText(['', ' ', '  text', '', 'more', '\t', ''])).to.equal('  text\n\nmore');
    expect(readText(['', ' '])).to.equal(undefined);
    expect(readText([])).to.equal(undefined);
    expect(readText(['\\'])).to.equal('');
  });
});
