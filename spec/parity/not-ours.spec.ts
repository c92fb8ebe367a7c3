import { Anthropic } from '@anthropic-ai/sdk';
import { expect } from 'chai';
import { is } from 'immutable';
import { defineMessage, ErrorMessage, Message, miniagent, MiniAgents } from 'miniagents';
import type { MessageSequence, MiniAgentsOptions } from 'miniagents';
import { createAnthropicAgent } from 'miniagents/anthropic';
import { createOpenAIAgent } from 'miniagents/openai';
import { AgentReply, traceNodes } from 'miniagents/trace';
import { OpenAI } from 'openai';
import { firstValueFrom, from, lastValueFrom, skipWhile, take, toArray } from 'rxjs';
import { marbles, pass, turn } from '../laws/support.js';

/** A MiniAgents that keeps what it is to persist, and what is reported to it. */
function keeping(options: MiniAgentsOptions = {}) {
  const batches: (readonly Message[])[] = [];
  const reported: string[] = [];
  const miniAgents = new MiniAgents({
    onPersistMessages: (batch) => void batches.push(batch),
    onUnhandledError: (error) => reported.push(String(error)),
    ...options,
  });
  return { miniAgents, batches, reported };
}

/** A `fetch` that answers with server-sent events, and keeps the bodies of the requests. */
function answering(...events: string[]) {
  const bodies: Record<string, unknown>[] = [];
  const fetch = async (_url: unknown, request?: { body?: unknown }) => {
    bodies.push(JSON.parse(String(request?.body)) as Record<string, unknown>);
    return new Response(events.join(''), { headers: { 'content-type': 'text/event-stream' } });
  };
  return { bodies, fetch: fetch as typeof globalThis.fetch };
}

// What the Python library got wrong, as it was observed there; each bug with a spec that would fail if it were ours.
describe('bugs that are not ours', () => {
  // 1: persisting took the same lock twice where one tree held the same message twice, and hung forever.
  it('1: a message that is twice in a tree is persisted once, and nothing hangs', async () => {
    const { miniAgents, batches } = keeping();
    const twice = new Message({ text: 'twice' });
    await miniAgents.run(() => pass.inquire(new Message({ text: 'top', data: { twice, list: [twice] } })));
    expect(batches.flat().map(String)).to.deep.equal(['twice', 'top']);
  });

  // 2: a handler that failed had its messages marked as persisted, so that they were lost; and handlers got empty batches.
  it('2: what a handler failed to persist comes again, and no batch is empty', async () => {
    const sizes: number[] = [];
    const kept: string[] = [];
    const { miniAgents, reported } = keeping({
      onPersistMessages: (batch) => {
        sizes.push(batch.length);
        if (sizes.length === 1) throw new Error('disk full');
        kept.push(...batch.map(String));
      },
    });
    await miniAgents.run(() => pass.inquire('a'));
    await miniAgents.run(() => pass.inquire([null, []]));
    await miniAgents.run(() => pass.inquire('a'));
    expect([kept, sizes, reported]).to.deep.equal([['a'], [1, 1], ['Error: disk full']]);
  });

  // 3: a node's JSON was written by declared types, so that messages inside it lost their own fields.
  it('3: the JSON of a node has the messages inside it in full', async () => {
    const Rating = defineMessage('Rating', { stars: 0 });
    const { miniAgents } = keeping();
    const node = firstValueFrom(traceNodes(miniAgents).pipe(skipWhile((each) => !(each instanceof AgentReply))));
    await miniAgents.run(() => pass.inquire(new Rating({ text: 'good', stars: 4, data: { film: 'Solaris' } })));
    const copy = Message.fromJSON(JSON.parse(JSON.stringify(await node)) as object) as AgentReply;
    expect(copy.messages[0]).to.be.instanceOf(Rating).and.include({ text: 'good', stars: 4 });
    expect(copy.messages[0]?.data).to.deep.equal({ film: 'Solaris' });
  });

  // 4: leading newlines were to be stripped from joined messages, which had no effect; delimiters were no tokens.
  it('4: what is done to tokens has its effect, however the message is read; all tokens are strings', async () => {
    const strip = (message: string[]) => from(message).pipe(skipWhile((token) => token.trim() === ''));
    const replies = pass.inquire([Message.stream(strip(['\n', '\n', 'a'])), Message.stream(strip(['\n', 'b', '\n']))]);
    const tokens = await lastValueFrom(replies.tokens$.pipe(toArray()));
    expect(await replies.text()).to.equal('a\n\nb\n');
    expect(tokens).to.deep.equal(['a', 'b', '\n']);
  });

  // 5: a fork could not set a key again that it had; it dropped a setting; the path was that of the reader in lazy mode.
  it('5: forks set keys again and keep their options, and the path is that of the caller', async () => {
    const paths: string[] = [];
    const inner = miniagent('inner', (ctx, params: { a?: number }) => (paths.push(ctx.path), String(params.a)));
    const fork = inner.fork({ a: 1, startSoon: false }).fork({ a: 2 });
    const made: MessageSequence[] = [];
    const outer = miniagent('outer', async (ctx) => void made.push(ctx.inquire(fork)));
    const reader = miniagent('reader', async () => Promise.all(made.map((replies) => replies.text())));
    await new MiniAgents().run(async () => {
      await outer.inquire().resolve();
      await turn();
      expect(paths).to.deep.equal([]);
      expect(await reader.inquire().text()).to.equal('2');
    });
    expect(paths).to.deep.equal(['inner <- outer']);
  });

  // 6: braces in an agent's docstring, other than one placeholder, crashed its definition.
  it('6: a description may have braces', () => {
    const description = 'Gives {"json": {}} for {input} {0} {}';
    expect(miniagent('agent', () => null, { description }).description).to.equal(description);
  });

  // 7: a parameter called `agent` or `messages` broke the node of the call, which was lost.
  it('7: parameters may have the names of the fields of nodes', async () => {
    const { miniAgents } = keeping();
    const nodes = firstValueFrom(traceNodes(miniAgents).pipe(take(2), toArray()));
    const params = { agent: 'a', messages: [], replies: 1, call: null, text: 't' };
    await miniAgents.run(() => pass.inquire('x', params));
    expect((await nodes).map((node) => node.toObject()['params'] ?? 'reply')).to.deep.equal([params, 'reply']);
  });

  // 8: where the only one that waited for a lazy promise gave up, the cancellation was its result for good.
  it('8: a reader who gives up leaves a lazy inquiry as it is', () => {
    marbles(({ cold, expectObservable, expectTokens, expectSubscriptions }) => {
      const work = cold('---a|');
      const replies = miniagent('late', () => work).inquire(null, { startSoon: false });
      expectObservable(replies.whole$, '-^!').toBe('-');
      expectTokens(replies, '---^').toBe('----a|');
      expectSubscriptions(work.subscriptions).toBe('-^---!');
    });
  });

  // 9: a first chunk without role was a KeyError, and a chunk with usage and no choices an AttributeError.
  it('9: OpenAI’s chunks may lack roles and choices', async () => {
    const chunk = (data: object) =>
      `data: ${JSON.stringify({ id: '1', object: 'chat.completion.chunk', ...data })}\n\n`;
    const { fetch } = answering(
      chunk({ choices: [{ index: 0, delta: { content: 'Hi' } }] }),
      chunk({ choices: [{ index: 0, delta: { content: '!' }, finish_reason: 'stop' }] }),
      chunk({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 2 } }),
      'data: [DONE]\n\n',
    );
    const agent = createOpenAIAgent({ api: 'chat', model: 'm', client: new OpenAI({ apiKey: 'k', fetch }) });
    const [message] = await agent.inquire('hello').resolve();
    expect(message).to.include({ text: 'Hi!', role: 'assistant' });
    expect(message?.data['usage']).to.deep.equal({ inputTokens: 1, outputTokens: 2 });
  });

  // 10: a list of a message and then a number crashed hashing; other mixtures were inlined, and not seen as messages.
  it('10: messages in lists of any mixture are sub-messages, and referred to by their keys', () => {
    const mixtures = (inner: Message) => [[inner, 1], [1, inner], [[inner], 'a'], [{ deep: [null, inner] }]];
    const [one, other] = [new Message({ text: 'one' }), new Message({ text: 'other' })];
    const made = [one, other].flatMap(mixtures).map((list) => new Message({ data: { list } }));
    for (const message of made) {
      expect([...message.subMessages()]).to.have.lengthOf(1);
      expect(is(Message.fromJSON(JSON.parse(JSON.stringify(message)) as object), message)).to.equal(true);
    }
    expect(new Set(made.map(({ hashKey }) => hashKey)).size).to.equal(8);
  });

  // 11: each replay made new error messages, which were persisted again; replies out of order behind an error were lost.
  it('11: an error is one message, however often it is replayed; and loses no reply that was out of order', async () => {
    const { miniAgents, batches } = keeping();
    const failing = miniagent('failing', (ctx) => {
      ctx.reply('in order');
      ctx.replyOutOfOrder(['out of', 'order']);
      throw new RangeError('boom');
    });
    await miniAgents.run(async () => {
      const replies = failing.inquire();
      const seen: string[] = [];
      const error = await replies.forEach((message) => void seen.push(message.draft.text)).catch(String);
      expect([...seen, error]).to.deep.equal(['in order', 'out of', 'order', 'RangeError: boom']);
      const views = [pass, pass].map((agent) => agent.inquire(replies, { errorsAsMessages: true }));
      const [one, other] = await Promise.all(views.map((view) => view.resolve()));
      expect(one?.last()).to.be.instanceOf(ErrorMessage).and.equal(other?.last());
    });
    expect(batches.flat().filter((message) => message instanceof ErrorMessage)).to.have.lengthOf(1);
  });

  // 12: Anthropic's agent, asked nothing but with a system prompt, sent neither messages nor the prompt.
  it('12: Anthropic’s system prompt is sent, even with nothing else', async () => {
    const event = (data: { type: string }) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
    const { bodies, fetch } = answering(
      event({ type: 'message_start' }),
      event({ type: 'message_delta', ...{ delta: { stop_reason: 'end_turn' } } }),
      event({ type: 'message_stop' }),
    );
    const client = new Anthropic({ apiKey: 'k', fetch });
    await createAnthropicAgent({ client, system: 'You are a poet.' }).inquire().resolve();
    expect(bodies).to.have.lengthOf(1);
    expect(bodies[0]).to.deep.include({ system: 'You are a poet.', messages: [{ role: 'user', content: '/start' }] });
  });
});
