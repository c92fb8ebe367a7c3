import { expect } from 'chai';
import { of } from 'rxjs';
import { Message } from 'miniagents';
import { MessagePromise } from '../../../lib/streams/message-promise.js';
import { followTokens, isThere } from '../../../lib/testing/recording/follow-tokens.js';
import { growing } from '../../streams/support.js';

describe('followTokens', () => {
  it('tells of the tokens that are there and of those that come, and then of the end', () => {
    const { message, log } = growing();
    const seen: string[] = [];
    log.append('a');
    followTokens(message, { token: (token) => seen.push(token), end: () => seen.push('end') });
    log.append('b');
    log.end();
    expect(seen).to.deep.equal(['a', 'b', 'end']);
  });

  it('can be left', () => {
    const { message, log } = growing();
    const seen: string[] = [];
    followTokens(message, { token: (token) => seen.push(token), end: () => seen.push('end') })();
    log.append('a');
    log.end();
    expect(seen).to.deep.equal([]);
    expect(log.over).to.equal(true);
  });

  it('a message was there whole if it was never said token by token', () => {
    expect(isThere(MessagePromise.of('a'))).to.equal(true);
    expect(isThere(MessagePromise.of(new Message({ role: 'user' })))).to.equal(true);
    expect(isThere(Message.stream(of('a')))).to.equal(false);
    expect(isThere(Message.stream(of('')))).to.equal(false);
    expect(isThere(growing().message)).to.equal(false);
  });
});
