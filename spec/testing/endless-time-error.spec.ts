import { expect } from 'chai';
import { EndlessTimeError } from '../../lib/testing/endless-time-error.js';

describe('EndlessTimeError', () => {
  it('says how far it went, and which agents had not ended', () => {
    const error = new EndlessTimeError('100 frames', ['leaf', 'boss']);
    expect(error.message).to.equal(
      'virtual time did not end: after 100 frames there was still more to come; not ended: leaf, boss',
    );
    expect(error).to.deep.include({ name: 'EndlessTimeError', unfinished: ['leaf', 'boss'] });
    expect(new EndlessTimeError('100 frames', []).message).to.match(/more to come$/);
  });
});
