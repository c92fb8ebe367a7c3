import { Anthropic } from '@anthropic-ai/sdk';
import { expect } from 'chai';
import { OpenAI } from 'openai';
import { OpenAI as OpenAI7 } from 'openai7';
import { receive } from '../../lib/llm/raw-answer.js';
import type { RawAnswer } from '../../lib/llm/raw-answer.js';

describe('receive', () => {
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
    it(`gives what ${title} gives: the answer as it comes`, async () => {
      const { response } = await receive(ask());
      expect(response?.bodyUsed).to.equal(false);
      expect(await response?.json()).to.deep.equal({ raw: true });
    });

  it('gives the parsed answer of a promise that is no more than that', async () => {
    const traced = async (answer: RawAnswer) => answer;
    const create = new OpenAI(options).chat.completions.create({ ...chat, stream: false });
    expect(await receive(traced(create))).to.deep.equal({ parsed: { raw: true } });
  });

  it('fails as either does', async () => {
    const boom = new RangeError('boom');
    const rejected = () => Promise.reject<never>(boom);
    const raw = { then: () => expect.fail('not parsed'), asResponse: rejected };
    for (const answer of [rejected(), raw])
      expect(await receive(answer).catch((error: unknown) => error)).to.equal(boom);
  });
});
