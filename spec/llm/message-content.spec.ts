import { expect } from 'chai';
import { messageContent } from '../../lib/llm/message-content.js';
import { defineMessage } from '../../lib/messages/define-message.js';
import { Message } from '../../lib/messages/message.js';

describe('messageContent', () => {
  it('is the text, whatever else there is', () => {
    expect(messageContent(new Message({ text: 'hello', name: 'ann', data: { a: 1 } }))).to.equal('hello');
  });

  it('is the data of a message without text', () => {
    expect(messageContent(new Message({ data: { a: [1, { b: null }] } }))).to.equal(
      '```json\n{"a":[1,{"b":null}]}\n```',
    );
  });

  it('is the fields of its class, too', () => {
    const Link = defineMessage('LinkOfContent', { url: '' });
    expect(messageContent(new Link({ url: 'u', data: { a: 1 } }))).to.equal('```json\n{"url":"u","a":1}\n```');
  });

  it('has messages in it in full', () => {
    const message = new Message({ data: { inner: new Message({ text: 'in' }) } });
    expect(messageContent(message)).to.equal('```json\n{"inner":{"$type":"Message","text":"in"}}\n```');
  });

  it('is empty where there is nothing to read', () => {
    expect(messageContent(new Message())).to.equal('');
    expect(messageContent(new Message({ role: 'user', name: 'ann' }))).to.equal('');
  });

  it('is not what is told about an empty reply', () => {
    const reply = new Message({ role: 'assistant', data: { model: 'm', finishReason: 'tool_calls' } });
    expect(messageContent(reply)).to.equal('');
  });
});
