import { expect } from 'chai';
import { openAIResponses } from '../../lib/llm/openai-responses.js';
import { ProviderFailure } from '../../lib/llm/provider-failure.js';
import { Reply } from '../../lib/llm/reply.js';

/** What comes of these events: their texts, and what is known at the end. */
function read(...events: object[]) {
  const reply = new Reply();
  const texts = events.map((event) => openAIResponses.readEvent(JSON.stringify(event), reply));
  const { whole, over } = reply;
  return { texts, whole, over, data: JSON.parse(JSON.stringify(reply.data('m'))) as object };
}

describe('openAIResponses', () => {
  it('is whole and over with response.completed', () => {
    const usage = { input_tokens: 1, output_tokens: 2 };
    expect(read({ type: 'response.completed', response: { id: 'a', status: 'completed', usage } })).to.deep.equal({
      texts: [''],
      whole: true,
      over: true,
      data: { model: 'm', id: 'a', usage: { inputTokens: 1, outputTokens: 2 }, finishReason: 'completed' },
    });
  });

  it('says why a response is incomplete', () => {
    const response = { id: 'a', status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } };
    expect(read({ type: 'response.incomplete', response })).to.deep.include({
      whole: true,
      data: { model: 'm', id: 'a', finishReason: 'max_output_tokens' },
    });
  });

  it('response.failed and error are failures', () => {
    const failed = { type: 'response.failed', response: { status: 'failed', error: { message: 'overloaded' } } };
    const events = [failed, { type: 'error', message: 'overloaded' }, { error: { message: 'overloaded' } }];
    for (const event of events) expect(() => read(event)).to.throw(ProviderFailure, 'overloaded');
    expect(() => read({ type: 'response.failed', response: { status: 'failed' } })).to.throw(ProviderFailure, 'failed');
  });

  it('takes the text from the end, where none of it has come before', () => {
    const output = [
      { type: 'reasoning', summary: [] },
      { type: 'message', content: [{ type: 'output_text', text: 'all of it' }] },
    ];
    const completed = { type: 'response.completed', response: { status: 'completed', output } };
    const empty = { type: 'response.output_text.delta', delta: '' };
    expect(read(empty, completed).texts).to.deep.equal(['', 'all of it']);
    expect(read({ type: 'response.output_text.delta', delta: 'all' }, completed).texts).to.deep.equal(['all', '']);
    const refused = { status: 'completed', output: [{ content: [{ type: 'refusal', refusal: 'No.' }] }] };
    const { texts, data } = read({ type: 'response.completed', response: refused });
    expect(texts).to.deep.equal(['No.']);
    expect(data).to.deep.include({ finishReason: 'refusal' });
  });

  it('takes the text from the end of each part, where none of it has come before', () => {
    const done = (text: string) => ({ type: 'response.output_text.done', text });
    const output = [{ type: 'message', content: [{ type: 'output_text', text: 'all of it' }] }];
    for (const end of ['completed', 'done']) {
      const completed = { type: `response.${end}`, response: { status: 'completed', output } };
      expect(read(done('all '), done('of it'), completed)).to.deep.include({
        texts: ['all ', 'of it', ''],
        whole: true,
        over: true,
      });
      const delta = { type: 'response.output_text.delta', delta: 'all of it' };
      expect(read(delta, done('all of it'), completed).texts).to.deep.equal(['all of it', '', '']);
    }
  });

  it('a refusal is text, and the finishReason', () => {
    const { texts, data } = read(
      { type: 'response.refusal.delta', delta: 'No, ' },
      { type: 'response.refusal.delta', delta: 'sorry.' },
      { type: 'response.refusal.done', refusal: 'No, sorry.' },
      { type: 'response.completed', response: { status: 'completed' } },
    );
    expect(texts).to.deep.equal(['No, ', 'sorry.', '', '']);
    expect(data).to.deep.equal({ model: 'm', finishReason: 'refusal' });
  });

  it('an answer in one piece is the text of all its parts', () => {
    const reply = new Reply();
    const text = (text: string) => ({ type: 'output_text', text });
    const output = [
      { type: 'reasoning' },
      { type: 'message', content: [text('a'), text('b')] },
      { type: 'function_call', name: 'f' },
      { type: 'message', content: [text('c')] },
    ];
    expect(openAIResponses.readWhole({ status: 'completed', output }, reply)).to.equal('abc');
    expect(reply).to.include({ whole: true, refused: false, finishReason: 'completed' });
    for (const status of ['queued', 'in_progress', 'cancelled']) {
      const unfinished = new Reply();
      openAIResponses.readWhole({ status, output: [] }, unfinished);
      expect(unfinished.whole, status).to.equal(false);
    }
    const content = [{ type: 'refusal', refusal: 'No.' }];
    expect(openAIResponses.readWhole({ status: 'completed', output: [{ content }] }, reply)).to.equal('No.');
    expect(reply.refused).to.equal(true);
  });
});
