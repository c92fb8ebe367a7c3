import { expect } from 'chai';
import { EndlessTimeError } from '../../lib/testing/endless-time-error.js';

describe('EndlessTimeError', () => {
  it('says how far it went, and which agents had not ended', () => {
    const error = new EndlessTimeError('there was more', ['leaf', 'boss']);
    expect(error.message).to.equal('virtual time did not end: there was more; not ended: leaf, boss');
    expect(error).to.deep.include({ name: 'EndlessTimeError', unfinished: ['leaf', 'boss'] });
    expect(new EndlessTimeError('there was more', []).message).to.match(/more$/);
  });
});
