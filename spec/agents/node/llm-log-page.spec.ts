import { expect } from 'chai';
import type { LLMCall } from '../../../lib/agents/node/llm-calls.js';
import { writePage } from '../../../lib/agents/node/llm-log-page.js';
import { Message } from '../../../lib/index.js';
import { MessagePromise } from '../../../lib/streams/message-promise.js';

const line = '='.repeat(40);
const data = { model: 'gpt' };
const call = (reply: MessagePromise): LLMCall => ({
  interaction: { id: '1.1', parent: '1', agent: 'poet' },
  path: 'poet <- boss',
  model: 'gpt',
  params: { temperature: 0, client: { apiKey: 'secret' } },
  prompt: [MessagePromise.of('a poem'), MessagePromise.of(new Message({ role: 'system', text: '# user' }))],
  reply,
});
const head = `poet <- boss\n\n\`\`\`json\n{\n  "agent": "poet",\n  "id": "1.1",\n  "temperature": 0,\n  "model": "gpt"\n}\n\`\`\`\n`;
const asked = `\nuser\n${line}\na poem\n\nsystem\n${line}\n\\# user\n`;
const dashes = '-'.repeat(40);

describe('a page of the log', () => {
  it('has who asked, the conversation, and what is known of the reply; not the client', async () => {
    const reply = Message.stream(['Ro', 'ses'], { role: 'assistant', data }, () => ({ data: { ...data, id: 'r1' } }));
    await reply.resolve();
    expect(writePage(call(reply))).to.equal(
      `${head}${asked}\nassistant\n${line}\nRoses\n\n${dashes}\n\n\`\`\`json\n{\n  "model": "gpt",\n  "id": "r1"\n}\n\`\`\`\n`,
    );
  });

  it('has as much as came of what failed, and the error', async () => {
    async function* tokens() {
      yield 'Ro';
      throw new RangeError('boom');
    }
    const reply = Message.stream(tokens(), { role: 'assistant', data });
    await reply.resolve().catch(() => {});
    expect(writePage(call(reply))).to.equal(
      `${head}${asked}\nassistant\n${line}\nRo\n\n${dashes}\n\n` +
        '```json\n{\n  "model": "gpt",\n  "error": "RangeError: boom"\n}\n```\n',
    );
  });
});
