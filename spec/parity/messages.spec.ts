import { expect } from 'chai';
import { defineMessage, ErrorMessage, Message, miniagent } from 'miniagents';

describe('parity: messages', () => {
  it('an error as a message has no stack: its key is the same on every machine; the stack is where it is thrown (B57)', async () => {
    const boom = new RangeError('boom');
    const replies = miniagent('failing', () => {
      throw boom;
    }).inquire();
    const thrown = await replies.resolve().catch((error: unknown) => error);
    expect((thrown as Error).stack).to.equal(boom.stack);
    const message = (await replies.errorsAsMessages().resolve()).first();
    expect(JSON.stringify(message)).not.to.include('spec.ts');
    expect(message?.hashKey).to.equal(
      new ErrorMessage({ text: 'RangeError: boom', error: 'RangeError: boom' }).hashKey,
    );
  });

  it('a text with placeholders is a text like others (B67)', () => {
    const message = new Message({ text: 'Hello {name}, {}', name: 'Ada' });
    expect(`${message}`).to.equal('Hello {name}, {}');
  });

  it('a message has text, role, name and data, and its class what it defines (B75)', () => {
    expect(Object.keys(new Message().toObject())).to.deep.equal(['text', 'role', 'name', 'data']);
    const Rating = defineMessage('Rating', { stars: 0 });
    expect(Object.keys(new Rating().toObject())).to.deep.equal(['text', 'role', 'name', 'data', 'stars']);
  });
});
