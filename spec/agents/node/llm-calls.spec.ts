import { expect } from 'chai';
import { inMemoryHistoryAgent } from '../../../lib/agents/in-memory-history-agent.js';
import { llmCalls, type LLMCall } from '../../../lib/agents/node/llm-calls.js';
import { miniagent, MiniAgents } from '../../../lib/index.js';
import { modelAgent } from './model-agent.js';

describe('llmCalls', () => {
  it('tells of each call of a model once, whoever passes the reply on', async () => {
    const miniAgents = new MiniAgents();
    const calls: LLMCall[] = [];
    llmCalls(miniAgents.events$).subscribe((call) => calls.push(call));
    const poet = modelAgent('poet', () => ['Roses']);
    const boss = miniagent('boss', (ctx) => ['Here:', ctx.inquire(poet, ['a poem', ctx.messages])]);
    const top = miniagent('top', (ctx) => ctx.inquire(boss, ctx.messages));
    await miniAgents.run(() => top.inquire('please'));
    expect(calls.map(({ path, model, interaction }) => [path, model, interaction.id])).to.deep.equal([
      ['poet <- boss <- top', 'model of poet', '1.1.1'],
    ]);
    const { prompt, reply } = calls[0] as LLMCall;
    expect(await Promise.all(prompt.map(async (message) => (await message.resolve()).text))).to.deep.equal([
      'a poem',
      'please',
    ]);
    expect((await reply.resolve()).text).to.equal('Roses');
  });

  it('takes no reply from a history, and no message that was received, for a call', async () => {
    const miniAgents = new MiniAgents();
    const calls: LLMCall[] = [];
    llmCalls(miniAgents.events$).subscribe((call) => calls.push(call));
    const [history, echo] = [inMemoryHistoryAgent(), miniagent('echo', (ctx) => ctx.messages)];
    const poet = modelAgent('poet', () => ['Roses']);
    await miniAgents.run(() => echo.inquire(history.inquire(poet.inquire('a poem'))));
    await miniAgents.run(() => history.inquire(null, { full: true }));
    expect(calls).to.have.length(1);
  });

  it('consumes no error', async () => {
    const unhandled: unknown[] = [];
    const miniAgents = new MiniAgents({ onUnhandledError: (error) => unhandled.push(String(error)) });
    llmCalls(miniAgents.events$).subscribe();
    const faulty = modelAgent('faulty', () => {
      throw new RangeError('boom');
    });
    await miniAgents.run(() => void faulty.inquire());
    expect(unhandled).to.deep.equal(['RangeError: boom']);
  });
});
