import { expect } from 'chai';
import { Message } from 'miniagents';
import type { RawEvent } from '../../../lib/testing/recording/recorder.js';
import { redactEvents } from '../../../lib/testing/recording/redact-events.js';
import { Redaction } from '../../../lib/testing/recording/redaction.js';

const key = 'sk-abcdefgh';

describe('redactEvents', () => {
  it('takes secrets out of everything that is written', () => {
    const raw: RawEvent[] = [
      { at: 0, type: 'inquired', run: '1', agent: 'a', params: { key } },
      { at: 0, type: 'replied', run: '1', message: '1>1', draft: new Message({ data: { key } }) },
      { at: 0, type: 'token', message: '1>1', token: 'sk-abc' },
      { at: 1, type: 'token', message: '1>1', token: 'defgh!' },
      { at: 1, type: 'resolved', message: '1>1', value: new Message({ text: `${key}!`, data: { key } }) },
      { at: 1, type: 'replied', run: '1', error: { name: 'Error', message: key, facts: { key } } },
      { at: 1, type: 'failed', run: '1', error: { name: 'Error', message: key } },
    ];
    const redacted = redactEvents(raw, new Redaction());
    expect(JSON.stringify(redacted)).not.to.match(/sk-|defgh/);
    expect(redacted.flatMap((event) => (event.type === 'token' ? [event.token] : []))).to.deep.equal([
      '[redacted]',
      '!',
    ]);
    expect(redacted.map(({ at, type }) => [at, type])).to.deep.equal(raw.map(({ at, type }) => [at, type]));
  });
});
