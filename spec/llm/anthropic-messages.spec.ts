import { expect } from 'chai';
import { List } from 'immutable';
import { anthropicMessages } from '../../lib/llm/anthropic-messages.js';
import type { Question } from '../../lib/llm/provider.js';
import { ProviderFailure } from '../../lib/llm/provider-failure.js';
import { Reply } from '../../lib/llm/reply.js';

/** What comes of these events: their texts, and what is known at the end. */
function read(...events: object[]) {
  const reply = new Reply();
  const texts = events.map((event) => anthropicMessages.readEvent(JSON.stringify(event), reply));
  const { whole, over } = reply;
  return { texts, whole, over, data: JSON.parse(JSON.stringify(reply.data('m'))) as object };
}

describe('anthropicMessages', () => {
  it('is whole and over with message_stop, not before', () => {
    const before = read({ type: 'message_delta', delta: { stop_reason: 'max_tokens' } });
    expect(before).to.deep.include({ whole: false, data: { model: 'm', finishReason: 'max_tokens' } });
    expect(read({ type: 'message_stop' })).to.deep.include({ whole: true, over: true });
  });

  it('counts what came from a cache, or went there, as input, and takes the last counts', () => {
    const usage = { input_tokens: 1, cache_creation_input_tokens: 10, cache_read_input_tokens: 100, output_tokens: 1 };
    const start = { type: 'message_start', message: { id: 'a', usage } };
    expect(read(start, { type: 'message_delta', usage: { output_tokens: 5 } }).data).to.deep.equal({
      model: 'm',
      id: 'a',
      usage: { inputTokens: 111, outputTokens: 5 },
    });
    expect(read(start, { type: 'message_delta', usage: { input_tokens: 2, output_tokens: 5 } }).data).to.deep.include({
      usage: { inputTokens: 112, outputTokens: 5 },
    });
    const nothing = {
      input_tokens: 3,
      cache_creation_input_tokens: null,
      cache_read_input_tokens: 0,
      output_tokens: 5,
    };
    expect(read(start, { type: 'message_delta', usage: nothing }).data).to.deep.include({
      usage: { inputTokens: 13, outputTokens: 5 },
    });
  });

  it('wants as many tokens as by default where it is told none', () => {
    const question = (request: object) =>
      ({ model: 'm', stream: true, system: undefined, name: 'n', request }) as Question;
    const body = (request: object) => anthropicMessages.body(question(request), List()) as { max_tokens: number };
    expect(body({}).max_tokens).to.equal(8192);
    expect(body({ max_tokens: undefined }).max_tokens).to.equal(8192);
    expect(body({ max_tokens: 5 }).max_tokens).to.equal(5);
  });

  it('a block may begin with text; other blocks are none', () => {
    const { texts } = read(
      { type: 'content_block_start', content_block: { type: 'thinking', thinking: 'hm', text: 'no' } },
      { type: 'content_block_start', content_block: { type: 'text', text: 'a' } },
      { type: 'content_block_delta', delta: { type: 'text_delta', text: 'b' } },
      { type: 'content_block_start', content_block: { type: 'tool_use', name: 'f', input: {} } },
      { type: 'content_block_delta', delta: { type: 'input_json_delta', partial_json: '{' } },
    );
    expect(texts).to.deep.equal(['', 'a', 'b', '', '']);
  });

  it('says that it refuses', () => {
    expect(read({ type: 'message_delta', delta: { stop_reason: 'refusal' } }).data).to.deep.equal({
      model: 'm',
      finishReason: 'refusal',
    });
  });

  it('an error is a failure, in one piece too', () => {
    const error = { type: 'error', error: { type: 'overloaded_error', message: 'overloaded' } };
    expect(() => read(error)).to.throw(ProviderFailure, 'overloaded');
    expect(() => anthropicMessages.readWhole(error, new Reply())).to.throw(ProviderFailure, 'overloaded');
    const ofProxy = { error: { message: 'overloaded', code: '500' } };
    expect(() => read(ofProxy)).to.throw(ProviderFailure, 'overloaded');
    expect(() => anthropicMessages.readWhole(ofProxy, new Reply())).to.throw(ProviderFailure, 'overloaded');
  });

  it('an answer in one piece is the text of all its blocks', () => {
    const reply = new Reply();
    const content = [
      { type: 'text', text: 'a' },
      { type: 'tool_use', name: 'f' },
      { type: 'text', text: 'b' },
    ];
    expect(anthropicMessages.readWhole({ id: 'a', content, stop_reason: 'tool_use' }, reply)).to.equal('ab');
    expect(reply).to.include({ whole: true, id: 'a', finishReason: 'tool_use' });
  });
});
