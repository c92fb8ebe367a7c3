import { expect } from 'chai';
import { CancelledError, InvalidArgumentError, Message, miniagent, MiniAgents } from 'miniagents';
import type { MessageType } from 'miniagents';
import { createOpenAIEmbeddingsAgent, EmbeddingMessage, IncompleteReplyError, SetUpError } from 'miniagents/openai';
import { OpenAI } from 'openai';
import { OpenAI as OpenAI7 } from 'openai7';
import { rejection } from '../laws/support.js';
import { ProbeServer } from './probe-server.js';
import { restoreEnvironment } from './restore-environment.js';

/** An answer as the API gives it: these vectors, the last one first, which their indexes make up for. */
const answerOf = (...vectors: unknown[]) => ({
  object: 'list',
  model: 'the-one-that-did-it',
  data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })).reverse(),
  usage: { prompt_tokens: 7, total_tokens: 7 },
});

for (const [version, SDK] of [
  ['openai 6', OpenAI],
  ['openai 7', OpenAI7],
] as const)
  describe(`createOpenAIEmbeddingsAgent (B146), ${version}`, () => {
    let probe: ProbeServer;
    before(async () => {
      probe = await ProbeServer.start();
    });
    after(() => probe.stop());

    const agentWith = (parameters: object = {}) => {
      const client = new SDK({ apiKey: 'key', baseURL: `${probe.url}/v1`, maxRetries: 0 });
      return createOpenAIEmbeddingsAgent({ client, ...parameters });
    };

    async function ask(messages: MessageType, parameters: object = {}, answer: object = answerOf([0.25, -1])) {
      probe.script((to) => to.json(answer));
      const replies = await agentWith().inquire(messages, parameters).resolve();
      return { replies: replies.toArray() as EmbeddingMessage[], requests: probe.requests };
    }

    it('makes one vector of all that it is sent, joined', async () => {
      const { replies, requests } = await ask(['one', 'two', { data: { three: 3 } }]);
      expect(requests).to.have.length(1);
      expect(requests[0]?.path).to.equal('/v1/embeddings');
      const input = 'one\n\ntwo\n\n```json\n{"three":3}\n```';
      expect(requests[0]?.body).to.deep.equal({ model: 'text-embedding-3-small', encoding_format: 'float', input });
      expect(replies).to.have.length(1);
      expect(replies[0]).to.be.instanceOf(EmbeddingMessage).and.include({ text: input, name: 'openai-embeddings' });
      expect(replies[0]?.vector).to.deep.equal([0.25, -1]);
    });

    it('in batch mode, one of each message, in their order, by one request', async () => {
      const { replies, requests } = await ask(['one', 'two'], { batch: true }, answerOf([1], [2]));
      expect(requests).to.have.length(1);
      expect(requests[0]?.body.input).to.deep.equal(['one', 'two']);
      expect(replies.map(({ text, vector }) => [text, ...vector])).to.deep.equal([
        ['one', 1],
        ['two', 2],
      ]);
    });

    it('sent nothing, replies with nothing, and asks for nothing', async () => {
      for (const batch of [false, true]) {
        const { replies, requests } = await ask([], { batch });
        expect(replies).to.deep.equal([]);
        expect(requests).to.have.length(0);
      }
    });

    it('tells what the API told; all of it is frozen', async () => {
      const { replies } = await ask('one', { model: 'asked-for' });
      expect(replies[0]?.data).to.deep.equal({ model: 'asked-for', usage: { inputTokens: 7 } });
      expect(Object.isFrozen(replies[0]?.vector)).to.equal(true);
      const { replies: others } = await ask('one', {}, { data: [{ embedding: [1] }] });
      expect(others[0]?.data).to.deep.equal({ model: 'text-embedding-3-small' });
    });

    it('parameters go to the API under its own names, and those of the call win; options stay here', async () => {
      probe.script((to) => to.json(answerOf([1])));
      const agent = agentWith({ dimensions: 256, user: 'ann', name: 'me' });
      await agent.inquire('one', { dimensions: 64, batch: true, top_k: 1 }).resolve();
      expect(probe.requests[0]?.body).to.deep.equal({
        ...{ model: 'text-embedding-3-small', encoding_format: 'float', input: 'one' },
        ...{ dimensions: 64, user: 'ann', top_k: 1 },
      });
    });

    it('reads vectors in base64, too', async () => {
      const base64 = Buffer.from(Float32Array.of(0.25, -1).buffer).toString('base64');
      const { replies } = await ask('one', { encoding_format: 'base64' }, answerOf(base64));
      expect(replies[0]?.vector).to.deep.equal([0.25, -1]);
    });

    describe('fails', () => {
      it('with the SDK’s error where the API refuses', async () => {
        probe.script((to) => to.json({ error: { message: 'no such key' } }, 401));
        const error = await rejection(agentWith().inquire('one').resolve());
        expect(error).to.be.instanceOf(SDK.AuthenticationError);
        probe.script((to) => to.json({ error: { message: 'overloaded' } }));
        expect(await rejection(agentWith().inquire('one').resolve()))
          .to.be.instanceOf(SDK.APIError)
          .with.property('message')
          .that.includes('overloaded');
      });

      const wrong: [string, object | null, string][] = [
        ['is empty', {}, 'expected 1 vectors; got 0'],
        ['is null', null, 'expected 1 vectors; got 0'],
        ['has too many vectors', answerOf([1], [2]), 'expected 1 vectors; got 2'],
        ['has something else for a vector', answerOf([1, '2']), 'expected a vector of numbers'],
        ['has nothing for a vector', answerOf(null), 'expected a vector of numbers'],
      ];
      for (const [what, answer, text] of wrong)
        it(`where the answer ${what}`, async () => {
          const error = await rejection(ask('one', {}, answer as object));
          expect(error).to.be.instanceOf(IncompleteReplyError).and.include({ model: 'text-embedding-3-small' });
          expect((error as Error).message).to.include(text);
        });

      it('where the connection is cut', async () => {
        probe.script(async (to) => {
          await to.write('{"data": [');
          to.cut();
        });
        expect(await rejection(agentWith().inquire('one').resolve())).to.be.instanceOf(IncompleteReplyError);
      });

      it('with an error in what it is asked', async () => {
        probe.script((to) => to.json(answerOf([1])));
        const error = await rejection(
          agentWith()
            .inquire(['one', new RangeError('boom')])
            .resolve(),
        );
        expect(error).to.be.instanceOf(RangeError);
        expect(probe.requests).to.have.length(0);
      });
    });

    describe('cancelling it closes the connection', () => {
      const ways = {
        'by cancel()': () => {
          const replies = agentWith().inquire('one');
          return { cancel: () => replies.cancel(), end: replies.resolve() };
        },
        'by a signal': () => {
          const controller = new AbortController();
          const end = agentWith().inquire('one', { signal: controller.signal }).resolve();
          return { cancel: () => controller.abort(), end };
        },
        'from an agent around it': () => {
          const agent = agentWith();
          const replies = miniagent('boss', (ctx) => ctx.inquire(agent, ctx.messages)).inquire('one');
          return { cancel: () => replies.cancel(), end: replies.resolve() };
        },
      };
      for (const [way, start] of Object.entries(ways))
        it(way, async () => {
          probe.script(() => undefined);
          const { cancel, end } = start();
          const { closed } = await probe.request();
          cancel();
          expect(await rejection(end)).to.be.instanceOf(CancelledError);
          await closed;
        });

      it('by an unsubscribe', async () => {
        probe.script(() => undefined);
        const subscription = agentWith()('one').subscribe();
        const { closed } = await probe.request();
        subscription.unsubscribe();
        await closed;
      });
    });

    it('leaves nothing behind in a MiniAgents', async () => {
      probe.script((to) => to.json(answerOf([1])));
      const replies = await new MiniAgents().run(() => agentWith().inquire(new Message({ text: 'one' })));
      expect(replies.size).to.equal(1);
    });
  });

describe('createOpenAIEmbeddingsAgent', () => {
  let probe: ProbeServer;
  beforeEach(async () => {
    probe = await ProbeServer.start();
    for (const name of Object.keys(process.env)) if (name.startsWith('OPENAI_')) delete process.env[name];
  });
  afterEach(async () => {
    restoreEnvironment();
    await probe.stop();
  });

  it('makes its client from the environment; without a key, it fails and says so', async () => {
    const agent = createOpenAIEmbeddingsAgent();
    process.env['OPENAI_BASE_URL'] = `${probe.url}/v1`;
    probe.script((to) => to.json(answerOf([1])));
    const error = await rejection(agent.inquire('one').resolve());
    expect(error).to.be.instanceOf(SetUpError).with.property('missing', 'OPENAI_API_KEY');
    process.env['OPENAI_API_KEY'] = 'key';
    process.env['OPENAI_EMBEDDINGS_MODEL'] = 'of-the-environment';
    const [message] = await agent.inquire('one').resolve();
    expect((message as EmbeddingMessage).vector).to.deep.equal([1]);
    expect(probe.requests[0]?.body.model).to.equal('of-the-environment');
  });

  it('takes options of the right kind only', () => {
    const wrong: [Record<string, unknown>, string][] = [
      [{ model: '' }, 'as model'],
      [{ model: 42 }, 'as model'],
      [{ client: {} }, 'as client'],
      [{ batch: 'yes' }, 'as batch'],
      [{ name: 42 }, 'as name'],
      [{ input: 'text' }, 'no input'],
    ];
    for (const [options, text] of wrong)
      expect(() => createOpenAIEmbeddingsAgent(options)).to.throw(InvalidArgumentError, text);
    expect(createOpenAIEmbeddingsAgent().name).to.equal('openai-embeddings');
    expect(createOpenAIEmbeddingsAgent({ name: 'vectors' }).name).to.equal('vectors');
  });
});
