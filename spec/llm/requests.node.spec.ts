import { expect } from 'chai';
import { defineMessage, InvalidArgumentError, Message, type MessageType } from 'miniagents';
import { createAnthropicAgent } from 'miniagents/anthropic';
import { createOpenAIAgent, createOpenAIEmbeddingsAgent } from 'miniagents/openai';
import { OpenAI } from 'openai';
import { ProbeServer } from './probe-server.js';
import { restoreEnvironment } from './restore-environment.js';
import { describeEachWire, wires, type Wire } from './wires.js';

const [chat, responses, anthropic] = [wires[0], wires[2], wires[4]] as [Wire, Wire, Wire];

const system = (text: string) => ({ role: 'system', text });
const user = (text: string) => ({ role: 'user', text });
const assistant = (text: string) => ({ role: 'assistant', text });

describe('what is asked of models', () => {
  let probe: ProbeServer;
  before(async () => {
    probe = await ProbeServer.start();
  });
  after(() => probe.stop());

  /** The body of the request that an inquiry comes to. */
  async function bodyOf(wire: Wire, messages: MessageType, given: object = {}, atCall: object = {}): Promise<any> {
    probe.script((answer) => answer.json(wire.whole('fine')));
    await wire
      .agent(probe.url, given as Record<string, unknown>)
      .inquire(messages, atCall)
      .resolve();
    const { path, body } = await probe.request();
    expect(path).to.equal(wire.path);
    return body;
  }

  async function sentTo(wire: Wire, messages: MessageType, given: object = {}) {
    const body = await bodyOf(wire, messages, given);
    return { system: wire.readSystem(body), turns: wire.readTurns(body) };
  }

  describeEachWire('of every one', (wire) => {
    it('roles go as they are, and what has none is the user', async () => {
      const { system, turns } = await sentTo(wire, ['q1', assistant('a1'), user('q2')]);
      expect(system).to.equal(undefined);
      expect(turns).to.deep.equal([
        { role: 'user', content: 'q1' },
        { role: 'assistant', content: 'a1' },
        { role: 'user', content: 'q2' },
      ]);
    });

    it('system comes first', async () => {
      const body = await bodyOf(wire, 'question', { system: 'Be brief.' });
      expect(wire.readSystem(body)).to.equal('Be brief.');
      expect(wire.readTurns(body)).to.deep.equal([{ role: 'user', content: 'question' }]);
      const text = JSON.stringify(body);
      expect(text.indexOf('Be brief.')).to.be.below(text.indexOf('question'));
    });

    it('system can be given at the call', async () => {
      const body = await bodyOf(wire, 'q', { system: 'Be brief.' }, { system: 'Be rude.' });
      expect(wire.readSystem(body)).to.equal('Be rude.');
    });

    it('parameters go to the API under its own names, and those of the call win', async () => {
      const body = await bodyOf(
        wire,
        'q',
        { model: 'one', temperature: 0.5, top_p: 1, metadata: { a: 'b' } },
        { model: 'two', temperature: 0, stop: ['.'] },
      );
      const { model, temperature, top_p, metadata, stop } = body;
      expect({ model, temperature, top_p, metadata, stop }).to.deep.equal({
        model: 'two',
        temperature: 0,
        top_p: 1,
        metadata: { a: 'b' },
        stop: ['.'],
      });
    });

    it('options are not sent', async () => {
      const body = await bodyOf(wire, 'q', { name: 'me' }, { startSoon: false, errorsAsMessages: true });
      expect(body).to.not.have.any.keys('name', 'client', 'api', 'signal', 'startSoon', 'errorsAsMessages');
    });

    it('a parameter that is undefined is left out', async () => {
      const body = await bodyOf(wire, 'q', { temperature: 0.5 }, { temperature: undefined });
      expect(body).to.not.have.property('temperature');
    });

    it('an option that is undefined is as the agent was made', async () => {
      const none = { client: undefined, api: undefined, model: undefined, stream: undefined, system: undefined };
      const made = { model: 'model-1', stream: false, system: 'Be brief.' };
      const body = await bodyOf(wire, 'q', made, none);
      expect(body).to.deep.include({ model: 'model-1', stream: false });
      expect(wire.readSystem(body)).to.equal('Be brief.');
    });

    it('forks ask in their own way', async () => {
      probe.script((answer) => answer.json(wire.whole('fine')));
      await wire.agent(probe.url).fork({ model: 'forked', system: 'Be a fork.' }).inquire('q').resolve();
      const { body } = await probe.request();
      expect(body.model).to.equal('forked');
      expect(wire.readSystem(body)).to.equal('Be a fork.');
    });

    it('a stream, unless it is told not to', async () => {
      expect((await bodyOf(wire, 'q')).stream).to.equal(true);
      expect((await bodyOf(wire, 'q', { stream: false })).stream).to.equal(false);
      expect((await bodyOf(wire, 'q', { stream: false }, { stream: true })).stream).to.equal(true);
    });

    it('a message without text is its data and its own fields', async () => {
      const Source = defineMessage('Source', { url: '' });
      const { turns } = await sentTo(wire, new Source({ url: 'https://example.org', data: { rank: 1 } }));
      expect(turns).to.deep.equal([{ role: 'user', content: '```json\n{"url":"https://example.org","rank":1}\n```' }]);
    });

    it('data is not shown beside a text', async () => {
      const { turns } = await sentTo(wire, new Message({ text: 'q', data: { secret: 1 } }));
      expect(turns).to.deep.equal([{ role: 'user', content: 'q' }]);
    });

    it('a long history', async () => {
      const history = Array.from({ length: 2_000 }, (_, i) => (i % 2 ? assistant(`a${i}`) : user(`q${i}`)));
      expect((await sentTo(wire, [...history, 'q'])).turns).to.have.length(2_001);
    });
  });

  describe('of each in its own way', () => {
    it('Chat Completions: who said it, where OpenAI takes that, and not the agent itself', async () => {
      const said = [
        { ...user('1'), name: 'ann' },
        { ...user('2'), name: 'Ann Other' },
        { ...assistant('3'), name: 'openai' },
        { ...assistant('4'), name: 'anthropic' },
      ];
      expect((await sentTo(chat, said)).turns).to.deep.equal([
        { role: 'user', content: '1', name: 'ann' },
        { role: 'user', content: '2' },
        { role: 'assistant', content: '3' },
        { role: 'assistant', content: '4', name: 'anthropic' },
      ]);
    });

    it('Chat Completions: usage is asked for in a stream, unless the server is to be spared that', async () => {
      expect((await bodyOf(chat, 'q')).stream_options).to.deep.equal({ include_usage: true });
      const body = await bodyOf(chat, 'q', { stream_options: { include_obfuscation: false } });
      expect(body.stream_options).to.deep.equal({ include_usage: true, include_obfuscation: false });
      expect(await bodyOf(chat, 'q', { stream_options: null })).to.not.have.property('stream_options');
      expect(await bodyOf(chat, 'q', { stream: false })).to.not.have.property('stream_options');
    });

    it('Responses: instructions come after system', async () => {
      const body = await bodyOf(responses, 'q', { system: 'Be brief.', instructions: 'Rhyme.' });
      expect(body.instructions).to.equal('Be brief.\n\nRhyme.');
    });

    for (const wire of [chat, responses])
      it(`${wire.title}: system messages stay where they are, empty ones too`, async () => {
        const { system: first, turns } = await sentTo(wire, ['q', system('Now rhyme.'), '']);
        expect(first).to.equal(undefined);
        expect(turns).to.deep.equal([
          { role: 'user', content: 'q' },
          { role: 'system', content: 'Now rhyme.' },
          { role: 'user', content: '' },
        ]);
      });

    it('Messages: system messages are collected behind the agent’s own', async () => {
      const said = [system('s1'), 'q', { role: 'developer', text: 's2' }];
      const sent = await sentTo(anthropic, said, { system: 's0' });
      expect(sent).to.deep.equal({ system: 's0\n\ns1\n\ns2', turns: [{ role: 'user', content: 'q' }] });
    });

    it('Messages: a system prompt may be an array of blocks', async () => {
      const blocks = [{ type: 'text', text: 's0', cache_control: { type: 'ephemeral' } }];
      const sent = await sentTo(anthropic, [system('s1'), 'q'], { system: blocks });
      expect(sent.system).to.deep.equal([...blocks, { type: 'text', text: 's1' }]);
    });

    it('Messages: neighbours of one role are joined, blank messages left out', async () => {
      const said = ['q1', '', 'q2', system('s'), ' \n', 'q3', assistant('a1'), assistant(''), assistant('a2'), 'q4'];
      expect((await sentTo(anthropic, said)).turns).to.deep.equal([
        { role: 'user', content: 'q1\n\nq2\n\nq3' },
        { role: 'assistant', content: 'a1\n\na2' },
        { role: 'user', content: 'q4' },
      ]);
    });

    it('Messages: the user begins', async () => {
      const start = { role: 'user', content: '/start' };
      expect((await sentTo(anthropic, assistant('a'))).turns).to.deep.equal([
        start,
        { role: 'assistant', content: 'a' },
      ]);
      expect(await sentTo(anthropic, system('only this'))).to.deep.equal({ system: 'only this', turns: [start] });
      expect(await sentTo(anthropic, [], { system: 's' })).to.deep.equal({ system: 's', turns: [start] });
      expect(await sentTo(anthropic, undefined)).to.deep.equal({ system: undefined, turns: [start] });
    });

    it('Messages: max_tokens has a default', async () => {
      expect((await bodyOf(anthropic, 'q')).max_tokens).to.equal(8192);
      expect((await bodyOf(anthropic, 'q', { max_tokens: 10 })).max_tokens).to.equal(10);
    });
  });

  describe('models', () => {
    afterEach(restoreEnvironment);

    for (const [wire, variable, byDefault] of [
      [chat, 'OPENAI_MODEL', 'gpt-5.5'],
      [responses, 'OPENAI_MODEL', 'gpt-5.5'],
      [anthropic, 'ANTHROPIC_MODEL', 'claude-sonnet-5-5'],
    ] as const)
      it(`${wire.title}: the one given, else the one in ${variable}, else ${byDefault}`, async () => {
        delete process.env[variable];
        expect((await bodyOf(wire, 'q')).model).to.equal(byDefault);
        process.env[variable] = 'of-the-environment';
        expect((await bodyOf(wire, 'q')).model).to.equal('of-the-environment');
        expect((await bodyOf(wire, 'q', { model: 'given' })).model).to.equal('given');
      });
  });

  describe('OpenAI’s API', () => {
    it('is Responses, unless chat is asked for, at the call too', async () => {
      const client = new OpenAI({ apiKey: 'key', baseURL: `${probe.url}/v1` });
      const asked = async (given: object, atCall: object = {}) => {
        probe.script((answer) => answer.json({ ...responses.whole('fine'), ...chat.whole('fine') }));
        await createOpenAIAgent({ client, ...given })
          .inquire('q', atCall)
          .resolve();
        return (await probe.request()).path;
      };
      expect(await asked({})).to.equal('/v1/responses');
      expect(await asked({ api: 'chat' })).to.equal('/v1/chat/completions');
      expect(await asked({}, { api: 'chat' })).to.equal('/v1/chat/completions');
    });
  });

  it('none but one reply is asked for, which may be said', async () => {
    probe.script((answer) => answer.json({ choices: [{ message: { content: 'Hi.' } }], output: [] }));
    for (const api of ['chat', 'responses'] as const)
      for (const n of [1, null, undefined])
        await createOpenAIAgent({ api, client: new OpenAI({ apiKey: 'key', baseURL: probe.url }), n })
          .inquire('q')
          .text();
    expect(probe.requests.map(({ body }) => body.n)).to.deep.equal([1, null, undefined, 1, null, undefined]);
  });

  describe('wrong options', () => {
    const client = {};
    for (const [create, given] of [
      [createOpenAIAgent, { stream: 'yes' }],
      [createOpenAIAgent, { model: 42 }],
      [createOpenAIAgent, { name: 42 }],
      [createOpenAIAgent, { system: ['s'] }],
      [createOpenAIAgent, { api: 'telepathy' }],
      [createOpenAIAgent, { n: 2 }],
      [createOpenAIAgent, { apiKey: 'secret' }],
      [createOpenAIEmbeddingsAgent, { apiKey: 'secret' }],
      [createAnthropicAgent, { baseURL: 'http://localhost' }],
      [createOpenAIAgent, { api: 'chat', n: 2 }],
      [createOpenAIAgent, { client }],
      [createOpenAIAgent, { input: 'q' }],
      [createOpenAIAgent, { api: 'chat', messages: [] }],
      [createAnthropicAgent, { stream: 'yes' }],
      [createAnthropicAgent, { model: '' }],
      [createAnthropicAgent, { system: 42 }],
      [createAnthropicAgent, { api: 'chat' }],
      [createAnthropicAgent, { client }],
      [createAnthropicAgent, { messages: [] }],
    ] as const)
      it(`${create.name}(${JSON.stringify(given)})`, async () => {
        const isClear = (error: Error) => {
          expect(error).to.be.instanceOf(InvalidArgumentError);
          expect(error.message).to.match(new RegExp(Object.keys(given).at(-1) as string));
        };
        expect(() => create(given as never))
          .to.throw()
          .and.satisfy((error: Error) => (isClear(error), true));
        const replies = create().inquire('q', given as object);
        await replies.resolve().then(() => expect.fail('expected an error'), isClear);
      });
  });
});
