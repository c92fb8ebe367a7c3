import { Anthropic } from '@anthropic-ai/sdk';
import { expect } from 'chai';
import { OpenAI } from 'openai';
import { OpenAI as OpenAI7 } from 'openai7';
import type { RawAnswer } from '../../lib/llm/provider.js';

// Types only: what is to be seen at run time is that the SDKs have what the types say.
describe('RawAnswer', () => {
  const fetch = async () => Response.json({ raw: true });
  const options = { apiKey: 'key', fetch };
  const chat = { model: 'm', messages: [], stream: true as const };
  const message = { ...chat, max_tokens: 1 };

  for (const [title, ask] of [
    ['openai 6, chat', () => new OpenAI(options).chat.completions.create(chat)],
    ['openai 6, responses', () => new OpenAI(options).responses.create({ model: 'm', input: '', stream: true })],
    ['openai 7, chat', () => new OpenAI7(options).chat.completions.create(chat)],
    ['openai 7, responses', () => new OpenAI7(options).responses.create({ model: 'm', input: '', stream: true })],
    ['anthropic', () => new Anthropic(options).messages.create(message)],
  ] as [string, () => RawAnswer][])
    it(`is what ${title} gives: the answer as it comes`, async () => {
      const response = await ask().asResponse();
      expect(response.bodyUsed).to.equal(false);
      expect(await response.json()).to.deep.equal({ raw: true });
    });
});
