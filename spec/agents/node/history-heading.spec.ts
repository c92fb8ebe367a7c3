import { expect } from 'chai';
import {
  isUnderline,
  readHashHeading,
  readHeading,
  readHeadingByHand,
  writeHeading,
} from '../../../lib/agents/node/history-heading.js';

describe('the headings of a history', () => {
  it('are the role, and the name if there is one', () => {
    expect(writeHeading({ role: 'user' })).to.equal('user');
    expect(writeHeading({ role: 'assistant', name: 'Ada / Lovelace' })).to.equal('assistant / Ada / Lovelace');
  });

  it('have what would not be read back in quotes', () => {
    expect(writeHeading({ role: 'a / b', name: '' })).to.equal('"a / b" / ""');
    expect(writeHeading({ role: ' ', name: 'two\nlines' })).to.equal('" " / "two\\nlines"');
    expect(readHeading('"a / b" / "two\\nlines"')).to.deep.equal({ role: 'a / b', name: 'two\nlines' });
  });

  it('are read without the blanks around them; a blank line is none', () => {
    expect(readHeading('  user  /  Ada Lovelace \r')).to.deep.equal({ role: 'user', name: 'Ada Lovelace' });
    expect(readHeading(' ')).to.equal(undefined);
  });

  it('are of known roles where somebody makes them by hand', () => {
    expect(readHeadingByHand('System / x')).to.deep.equal({ role: 'system', name: 'x' });
    expect(readHeadingByHand('critic')).to.equal(undefined);
    expect(readHeadingByHand(undefined)).to.equal(undefined);
    expect(readHashHeading(' # User ## ')).to.deep.equal({ role: 'user', name: undefined });
    expect(readHashHeading('#user')).to.equal(undefined);
    expect(readHashHeading('## user')).to.equal(undefined);
  });

  it('stand above equals signs', () => {
    expect(['=', '   === \r', '=== =', '    =', ''].map(isUnderline)).to.deep.equal([true, true, false, false, false]);
  });
});
