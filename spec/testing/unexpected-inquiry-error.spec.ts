import { expect } from 'chai';
import { List } from 'immutable';
import { Message } from '../../lib/messages/message.js';
import { UnexpectedInquiryError } from '../../lib/testing/unexpected-inquiry-error.js';

describe('UnexpectedInquiryError', () => {
  it('names who was asked what, and what was expected', () => {
    const error = new UnexpectedInquiryError('model', 2, List([new Message({ text: 'Why?' })]), 'step 2 expects "a"');
    expect(error.message).to.equal('agent model was asked "Why?" (call 2), and step 2 expects "a"');
    expect(error.name).to.equal('UnexpectedInquiryError');
  });
});
