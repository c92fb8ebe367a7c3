import { expect } from 'chai';
import { InvalidArgumentError, Message } from 'miniagents';
import { Redaction } from '../../../lib/testing/recording/redaction.js';

describe('Redaction', () => {
  it('is of texts under names of secrets, at any depth, and of names that are secrets', () => {
    const given = {
      apiKey: 'a',
      deep: [{ 'x-api-key': { of: ['b'] }, token: 'c' }],
      max_tokens: 5,
      'sk-12345678': 1,
      headers: [
        ['Authorization', 'mine'],
        ['accept', 'text'],
      ],
    };
    expect(new Redaction().value(given, 'params')).to.deep.equal({
      apiKey: '[redacted]',
      deep: [{ 'x-api-key': { of: ['[redacted]'] }, token: '[redacted]' }],
      max_tokens: 5,
      '[redacted]': 1,
      headers: [
        ['Authorization', '[redacted]'],
        ['accept', 'text'],
      ],
    });
  });

  it('leaves the names of the fields of messages, which are their classes', () => {
    const message = new Message({ text: 'said', role: 'user', data: { kind: 'of mine', inner: new Message() } });
    for (const rule of [/[a-z]+/, () => '***']) {
      const json = new Redaction([rule]).value(message.toJSON(), 'value');
      expect(Object.keys(json)).to.deep.equal(['$type', 'text', 'role', 'data']);
      expect(json.text).to.not.equal('said');
      expect(Object.keys(json.data ?? {})).to.not.include('kind');
      expect(Message.fromJSON(json)).to.be.instanceOf(Message);
    }
  });

  it('is of what rules match, one after the other, beside the default ones', () => {
    const redaction = new Redaction([/\d+/, (text, field) => (field === 'mood' ? 'fine' : text)]);
    expect(redaction.text('1 and 22, sk-abcdefgh', 'text')).to.equal('[redacted] and [redacted], [redacted]');
    expect(redaction.value({ mood: 'bad' }, 'params')).to.deep.equal({ mood: 'fine' });
  });

  it('is of secrets that are in several tokens', () => {
    expect(new Redaction().tokens(['the key sk', '-abcd', 'efgh', ' ok'])).to.deep.equal([
      'the key [redacted]',
      '',
      '',
      ' ok',
    ]);
  });

  it('is of nothing, if so asked; and twice is once', () => {
    expect(new Redaction(false).value({ apiKey: 'sk-abcdefgh' }, 'x')).to.deep.equal({ apiKey: 'sk-abcdefgh' });
    const redaction = new Redaction();
    const once = redaction.text('Bearer abcdefghijk https://me:pass@host sk-abcdefgh', 'text');
    expect(redaction.text(once, 'text')).to.equal(once);
  });

  it('refuses what are no rules, and functions that give no text', () => {
    for (const rules of [1, ['secret'], true])
      expect(() => new Redaction(rules as never)).to.throw(InvalidArgumentError);
    expect(() => new Redaction([() => 1 as never]).text('a', 'text')).to.throw(
      InvalidArgumentError,
      'a text, from a function',
    );
  });
});
