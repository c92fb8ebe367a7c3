import { Anthropic } from '@anthropic-ai/sdk';
import { expect } from 'chai';
import { createAnthropicAgent } from '../../lib/llm/anthropic-agent.js';
import type { MiniAgent } from '../../lib/runtime/mini-agent.js';

// What it says is in the specs over HTTP (*.node.spec.ts), the same cases for every API.
describe('createAnthropicAgent', () => {
  it('makes an agent like any other', () => {
    const agent: MiniAgent = createAnthropicAgent({ client: new Anthropic({ apiKey: 'key' }) });
    expect(agent.name).to.equal('anthropic');
    expect(createAnthropicAgent({ name: 'poet' }).name).to.equal('poet');
  });

  it('knows the parameters of the API, and lets others pass', () => {
    createAnthropicAgent({ max_tokens: 1, thinking: { type: 'adaptive' }, of_a_later_year: 1 });
    createAnthropicAgent({ system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }] });
    // @ts-expect-error a temperature is a number
    createAnthropicAgent({ max_tokens: 'many' });
  });
});
