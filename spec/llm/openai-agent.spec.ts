import { expect } from 'chai';
import { OpenAI } from 'openai';
import { OpenAI as OpenAI7 } from 'openai7';
import { createOpenAIAgent } from '../../lib/llm/openai-agent.js';
import type { MiniAgent } from '../../lib/runtime/mini-agent.js';

// What it says is in the specs over HTTP (*.node.spec.ts), the same cases for every API.
describe('createOpenAIAgent', () => {
  it('makes an agent like any other', () => {
    const agent: MiniAgent = createOpenAIAgent();
    expect(agent.name).to.equal('openai');
    expect(createOpenAIAgent({ name: 'poet' }).name).to.equal('poet');
  });

  it('takes a client of either version', () => {
    createOpenAIAgent({ client: new OpenAI({ apiKey: 'key' }) });
    createOpenAIAgent({ client: new OpenAI7({ apiKey: 'key' }) });
  });

  it('knows the parameters of both APIs, and lets others pass', () => {
    createOpenAIAgent({ temperature: 0, max_output_tokens: 1, reasoning: { effort: 'low' } });
    createOpenAIAgent({ api: 'chat', temperature: 0, max_completion_tokens: 1, top_k: 40 });
    // @ts-expect-error a temperature is a number
    createOpenAIAgent({ temperature: 'hot' });
    // @ts-expect-error and effort one of a few words
    createOpenAIAgent({ reasoning: { effort: 'all' } });
    // @ts-expect-error a stream, or none, at a call as when it is made
    expect(() => createOpenAIAgent().inquire('q', { startSoon: false, stream: 'yes' }).cancel()).to.not.throw();
  });
});
