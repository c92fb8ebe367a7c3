import { expect } from 'chai';
import { lineOf, wrongIn } from '../../../lib/testing/recording/event-fields.js';
import { conversation, said } from './support.js';

describe('the fields of events', () => {
  it('nothing is wrong with an event', () => {
    for (const event of conversation('1', 'q', 'a')) expect(wrongIn(event)).to.equal(undefined);
  });

  it('need no class to be defined', () => {
    const value = { $type: 'Unheard', text: 'a', about: said('b') };
    expect(wrongIn({ at: 0, type: 'resolved', message: '1>1', value })).to.equal(undefined);
    expect(wrongIn({ at: 0, type: 'resolved', message: '1>1', value: { ...said('a'), data: { value } } })).to.equal(
      undefined,
    );
  });

  it('say what is expected of the first that is wrong', () => {
    expect(wrongIn({ at: -1, type: 'started', run: '1' })).to.deep.equal({
      expected: 'a number of milliseconds as at',
      value: -1,
    });
    expect(wrongIn({ at: 0, type: 'started', run: '1.0' })).to.include({ value: '1.0' });
    expect(wrongIn({ at: 0, type: 'token', message: '1', token: '' })).to.include({ value: '1' });
  });

  it('are written in one order, those that are missing left out', () => {
    expect(lineOf({ agent: 'a', params: {}, run: '1', type: 'inquired', at: 1 })).to.equal(
      '{"at":1,"type":"inquired","run":"1","agent":"a","params":{}}',
    );
  });
});
