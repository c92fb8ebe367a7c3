import { expect } from 'chai';
import { Subject } from 'rxjs';
import { Message } from 'miniagents';
import { MessageSequence } from '../../../lib/streams/message-sequence.js';
import { Heard } from '../../../lib/testing/recording/heard.js';

describe('Heard', () => {
  it('tells when an entry has come, when it is whole, and when that was all', () => {
    const [messages, tokens] = [new Subject<Message | ReturnType<typeof Message.stream>>(), new Subject<string>()];
    let changes = 0;
    const heard = new Heard(MessageSequence.from(messages), () => {
      changes++;
      heard.read();
    });
    heard.read();
    messages.next(Message.stream(tokens));
    expect([heard.entries.length, heard.isWhole(0), heard.isWhole(1), heard.all]).to.deep.equal([
      1,
      false,
      false,
      false,
    ]);
    tokens.next('a');
    expect(changes).to.equal(1);
    tokens.complete();
    expect([heard.isWhole(0), heard.complete]).to.deep.equal([true, false]);
    messages.complete();
    expect(heard.complete).to.equal(true);
  });

  it('hears no more when it is closed', () => {
    const messages = new Subject<string>();
    let changes = 0;
    const heard = new Heard(MessageSequence.from(messages), () => changes++);
    heard.read();
    heard.close();
    messages.next('a');
    expect(changes).to.equal(0);
  });
});
