import { expect } from 'chai';
import { is } from 'immutable';
import { lastValueFrom, toArray } from 'rxjs';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { Message } from '../../lib/messages/message.js';
import type { Cancellation } from '../../lib/scope/scope.js';
import { ErrorMessage } from '../../lib/streams/error-message.js';
import { isMessagePromise, MessagePromise } from '../../lib/streams/message-promise.js';
import { StreamedPromise } from '../../lib/streams/streamed-promise.js';
import { TokenLog } from '../../lib/streams/token-log.js';
import { Counted, failureOf, growing, rejection, shown } from './support.js';

describe('MessagePromise', () => {
  const tokensOf = (message: MessagePromise) => lastValueFrom(message.pipe(toArray()));

  it('is a StreamedPromise of tokens, told from all else', () => {
    const { message } = growing();
    expect(message).to.be.instanceOf(MessagePromise).and.instanceOf(StreamedPromise);
    expect(isMessagePromise(message)).to.equal(true);
    expect(isMessagePromise({ [Symbol.for('miniagents.MessagePromise')]: true })).to.equal(true);
    for (const other of [new Message(), null, 'a', {}]) expect(isMessagePromise(other)).to.equal(false);
  });

  describe('of a message that is on its way', () => {
    it('has its draft before any token, and its tokens as they come', async () => {
      const { log, message } = growing({ role: 'assistant', data: { model: 'm' } });
      expect(message.draft).to.include({ role: 'assistant', text: '' });
      const tokens = tokensOf(message);
      for (const token of ['Hel', 'lo']) log.append(token);
      log.end();
      expect(await tokens).to.deep.equal(['Hel', 'lo']);
      expect(await tokensOf(message)).to.deep.equal(['Hel', 'lo']);
    });

    it('is settled as the message of all its tokens, the same for everybody', async () => {
      const { log, message, draft } = growing({ role: 'assistant' });
      log.append('Hello');
      expect(message.settled()).to.equal(undefined);
      log.end();
      const whole = await message.resolve();
      expect(is(whole, draft.set('text', 'Hello'))).to.equal(true);
      expect(message.settled()).to.equal(whole);
      expect(await lastValueFrom(message.whole$)).to.equal(whole);
      expect(await lastValueFrom(message.snapshots$)).to.equal(whole);
    });

    it('grows in its snapshots', () => {
      const { log, message } = growing({ role: 'assistant' });
      const texts: string[] = [];
      message.snapshots$.subscribe(({ text }) => texts.push(text));
      for (const token of ['Hel', 'lo']) log.append(token);
      expect(texts).to.deep.equal(['', 'Hel', 'Hello']);
    });

    it('is cancelled where it comes from, with the reason', () => {
      const cancellations: Cancellation[] = [];
      const message = new MessagePromise({
        log: new TokenLog(),
        draft: new Message(),
        whole: () => new Message(),
        fail: failureOf,
        cancel: (cancellation) => cancellations.push(cancellation),
      });
      message.cancel('enough');
      expect(cancellations).to.have.lengthOf(1);
      expect(cancellations[0]?.error).to.be.instanceOf(CancelledError);
      expect(cancellations[0]?.error.message).to.equal('the message was cancelled: enough');
      expect(cancellations[0]?.quiet).to.equal(false);
    });

    it('tells those who wait for its end when it has been read', () => {
      const { log, message } = growing();
      const [task, forgotten] = [new Counted(), new Counted()];
      for (const one of [task, forgotten]) message.whenSettled(one, false);
      message.forget(forgotten);
      log.end();
      expect([task.times, forgotten.times]).to.deep.equal([1, 0]);
    });

    it('fails for all its readers, where no message can be made of the tokens', async () => {
      const boom = new Error('boom');
      const log = new TokenLog();
      const whole = () => {
        throw boom;
      };
      const message = new MessagePromise({ log, draft: new Message(), whole, fail: failureOf, cancel: () => {} });
      log.end();
      expect(await rejection(message.resolve())).to.equal(boom);
      expect(shown(message.settled())).to.equal('error: Error: boom');
    });
  });

  describe('of a message that is there', () => {
    it('is of a text or a Message, with that as its one token', async () => {
      const sent = new Message({ text: 'Hello', role: 'user' });
      for (const message of [MessagePromise.of('Hello'), MessagePromise.of(sent)]) {
        expect(await tokensOf(message)).to.deep.equal(['Hello']);
        expect((await message.resolve()).text).to.equal('Hello');
        expect(message.draft).to.equal(message.settled());
      }
      expect(await MessagePromise.of(sent).resolve()).to.equal(sent);
      expect(await tokensOf(MessagePromise.of(''))).to.deep.equal([]);
    });

    it('cannot be cancelled: it is over', async () => {
      const message = MessagePromise.of('Hello');
      message.cancel();
      expect((await message.resolve()).text).to.equal('Hello');
    });
  });

  describe('for those who want its error as text', () => {
    it('is always the same object; itself, where it has no error', () => {
      const [done, open] = [MessagePromise.of('a'), growing().message];
      expect(done.tolerant).to.equal(done);
      expect(open.tolerant).to.equal(open.tolerant).and.not.equal(open);
      expect(open.tolerant.tolerant).to.equal(open.tolerant);
    });

    it('ends with its error as a line, and is whole as an ErrorMessage', async () => {
      const { log, message } = growing({ role: 'assistant' });
      const tokens = tokensOf(message.tolerant);
      log.append('Hel');
      log.end(failureOf(new RangeError('boom')));
      expect(await tokens).to.deep.equal(['Hel', '\nRangeError: boom']);
      const whole = await message.tolerant.resolve();
      expect(whole).to.be.instanceOf(ErrorMessage).and.include({ text: 'Hel\nRangeError: boom', role: 'assistant' });
      expect(message.tolerant.failure).to.equal(undefined);
      expect(await rejection(message.resolve())).to.be.instanceOf(RangeError);
    });

    it('just ends, where it was a subscriber who left; the whole says so', async () => {
      const { log, message } = growing();
      log.append('a');
      log.end(failureOf(new RangeError('left')), true);
      expect(await tokensOf(message.tolerant)).to.deep.equal(['a']);
      expect(await rejection(message.resolve())).to.be.instanceOf(RangeError);
      expect(await message.tolerant.resolve())
        .to.be.instanceOf(ErrorMessage)
        .and.include({ text: 'a\nRangeError: left' });
    });
  });
});
