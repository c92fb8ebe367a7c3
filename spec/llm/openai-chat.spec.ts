import { expect } from 'chai';
import { List } from 'immutable';
import { openAIChat } from '../../lib/llm/openai-chat.js';
import type { Question } from '../../lib/llm/provider.js';
import { ProviderFailure } from '../../lib/llm/provider-failure.js';
import { Reply } from '../../lib/llm/reply.js';

/** What comes of these events: their texts, and what is known at the end. */
function read(...events: (object | string)[]) {
  const reply = new Reply();
  const texts = events.map((event) =>
    openAIChat.readEvent(typeof event === 'string' ? event : JSON.stringify(event), reply),
  );
  const { whole, over } = reply;
  return { texts, whole, over, data: JSON.parse(JSON.stringify(reply.data('m'))) as object };
}

describe('openAIChat', () => {
  it('is whole with a finish_reason, over with [DONE], which is an error without one', () => {
    const done = { choices: [{ delta: {}, finish_reason: 'length' }] };
    expect(read(done)).to.deep.include({ whole: true, over: false, data: { model: 'm', finishReason: 'length' } });
    expect(read(done, '[DONE]')).to.deep.include({ whole: true, over: true });
    for (const before of [[], [{ choices: [{ delta: { content: 'a' } }] }]])
      expect(() => read(...before, '[DONE]')).to.throw('[DONE] came before any finish_reason');
  });

  it('takes usage from a chunk without choices, and from the last one with', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2 };
    const data = { model: 'm', usage: { inputTokens: 1, outputTokens: 2 } };
    expect(read({ choices: [], usage }).data).to.deep.equal(data);
    expect(read({ usage }).data).to.deep.equal(data);
    expect(read({ choices: [{ delta: { content: 'a' } }], usage }).data).to.deep.equal(data);
  });

  it('text may be in parts, of which others are none', () => {
    const content = [
      { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
      { type: 'text', text: 'a' },
      { type: 'text', text: null },
      { type: 'text', text: 'b' },
    ];
    expect(read({ choices: [{ delta: { content } }] }).texts).to.deep.equal(['ab']);
    const reply = new Reply();
    expect(openAIChat.readWhole({ choices: [{ message: { content } }] }, reply)).to.equal('ab');
  });

  it('asks for usage in a stream alone, and not where that is refused', () => {
    const body = (stream: boolean, request: object) => {
      const question = { model: 'm', stream, system: undefined, name: 'n', request } as Question;
      return openAIChat.body(question, List()) as { stream_options?: object | null };
    };
    expect(body(true, {}).stream_options).to.deep.equal({ include_usage: true });
    const given = { stream_options: { include_usage: false, include_obfuscation: false } };
    expect(body(true, given).stream_options).to.deep.equal(given.stream_options);
    expect(body(true, { stream_options: null }).stream_options).to.equal(undefined);
    for (const request of [{}, given, { stream_options: null }])
      expect(body(false, request)).not.to.have.property('stream_options');
  });

  it('keeps the first id', () => {
    expect(read({ id: 'a' }, { id: '' }, { id: null }, { id: 'b' }).data).to.deep.equal({ model: 'm', id: 'a' });
  });

  it('a refusal is text, and the finishReason', () => {
    const { texts, data } = read(
      { choices: [{ delta: { refusal: 'No, ' } }] },
      { choices: [{ delta: { content: null, refusal: 'sorry.' }, finish_reason: 'stop' }] },
    );
    expect(texts).to.deep.equal(['No, ', 'sorry.']);
    expect(data).to.deep.equal({ model: 'm', finishReason: 'refusal' });
  });

  it('a call of a tool is no text', () => {
    const { texts, data } = read(
      { choices: [{ delta: { tool_calls: [{ index: 0, function: { name: 'f', arguments: '{' } }] } }] },
      { choices: [{ delta: {}, finish_reason: 'tool_calls' }] },
    );
    expect(texts).to.deep.equal(['', '']);
    expect(data).to.deep.equal({ model: 'm', finishReason: 'tool_calls' });
  });

  it('an error is one, wherever it stands', () => {
    for (const report of [
      { error: { message: 'overloaded' }, choices: [] },
      { object: 'error', message: 'overloaded', code: 500 },
      { choices: [{ delta: { content: '' }, finish_reason: 'error', error: { code: 502, message: 'overloaded' } }] },
      { choices: [{ delta: { content: '' }, finish_reason: 'error', why: 'overloaded' }] },
      { id: 'x', choices: [], x_groq: { id: 'y', error: 'overloaded' } },
    ]) {
      expect(() => read(report)).to.throw(ProviderFailure, 'overloaded');
      expect(() => openAIChat.readWhole(report, new Reply())).to.throw(ProviderFailure, 'overloaded');
    }
    for (const fine of [{ error: null }, { x_groq: { id: 'y' } }, { x_groq: null }, { choices: [{ error: null }] }])
      expect(read(fine).texts).to.deep.equal(['']);
  });

  it('an answer in one piece is whole with its message, if no reason is given too', () => {
    const reply = new Reply();
    expect(openAIChat.readWhole({ choices: [{ message: { content: 'a', refusal: null } }] }, reply)).to.equal('a');
    expect(reply).to.include({ whole: true, finishReason: undefined });
    const none = new Reply();
    expect(openAIChat.readWhole(null, none)).to.equal('');
    expect(none.whole).to.equal(false);
  });
});
