import { expect } from 'chai';
import { readMessages } from '../../../lib/testing/recording/recorded-messages.js';
import { conversation, said } from './support.js';

describe('readMessages', () => {
  it('says of each message how it began, what became of it, and where it was seen', () => {
    const messages = readMessages(conversation('1', 'q', 'a'));
    expect([...messages.keys()]).to.deep.equal(['1<1', '1>1']);
    expect(messages.get('1<1')).to.deep.equal({ end: { value: said('q') }, runs: new Map([['1', 'received']]) });
    expect(messages.get('1>1')).to.deep.equal({
      draft: said(''),
      end: { value: said('a') },
      runs: new Map([['1', 'replied']]),
    });
  });
});
