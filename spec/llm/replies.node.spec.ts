import { LLMock } from '@copilotkit/aimock';
import { expect } from 'chai';
import { MiniAgents, type Message } from 'miniagents';
import { firstValueFrom, lastValueFrom, of, Subject, toArray } from 'rxjs';
import { ProbeServer } from './probe-server.js';
import { describeEachWire } from './wires.js';

const usage = { prompt_tokens: 7, completion_tokens: 3, input_tokens: 7, output_tokens: 3 };

describe('replies of models', () => {
  let mock: LLMock;
  let probe: ProbeServer;

  before(async () => {
    mock = new LLMock({ port: 0 });
    mock.onMessage('hello', { content: 'Hi there, friend!', usage }, { chunkSize: 5 });
    mock.onMessage('nothing', { content: '', usage });
    mock.onMessage('tool', { toolCalls: [{ name: 'get_weather', arguments: '{"city":"Oslo"}' }] });
    mock.onMessage('think', { content: 'Thought.', reasoning: 'Hm, let me think.' }, { chunkSize: 3 });
    mock.onMessage('history', (request) => ({ content: JSON.stringify(request.messages) }));
    await mock.start();
    probe = await ProbeServer.start();
  });

  after(async () => {
    await mock.stop();
    await probe.stop();
  });

  describeEachWire('in every way there is', (wire) => {
    for (const stream of [true, false])
      for (const startSoon of [true, false])
        for (const first of ['tokens', 'whole'])
          it(`stream: ${stream}, startSoon: ${startSoon}, ${first} first`, async () => {
            const replies = wire.agent(mock.url, { model: 'model-1' }).inquire('hello', { stream, startSoon });
            const message = await firstValueFrom(replies.pipe(toArray())).then((all) => all[0]!);
            let whole: Message | undefined;
            if (first === 'whole') whole = await message.resolve();
            const tokens = await lastValueFrom(message.pipe(toArray()));
            whole ??= await message.resolve();
            expect(tokens).to.deep.equal(stream ? ['Hi th', 'ere, ', 'frien', 'd!'] : ['Hi there, friend!']);
            expect(whole.text).to.equal('Hi there, friend!');
            expect(whole.role).to.equal('assistant');
            expect(whole.name).to.equal(wire.provider);
            const { id, ...data } = whole.data;
            expect(data).to.deep.equal({
              model: 'model-1',
              usage: { inputTokens: 7, outputTokens: 3 },
              finishReason: wire.finishReason,
            });
            expect(id).to.be.a('string').that.is.not.empty;
          });
  });

  describeEachWire('one reply', (wire) => {
    for (const stream of [true, false])
      it(`is there, and the last one, before its first token; stream: ${stream}`, async () => {
        probe.script(() => undefined);
        const replies = wire.agent(probe.url, { model: 'model-1', name: 'bard', stream }).inquire('hello');
        const messages = await lastValueFrom(replies.pipe(toArray()));
        expect(messages.map(({ draft }) => draft.toObject())).to.deep.equal([
          { text: '', role: 'assistant', name: 'bard', data: { model: 'model-1' } },
        ]);
        replies.cancel();
      });

    it('is the whole result of a run', async () => {
      const replies = await new MiniAgents().run(() => wire.agent(mock.url).inquire('hello').resolve());
      expect([...replies].map(String)).to.deep.equal(['Hi there, friend!']);
    });

    it('comes of the agent as an operator too', async () => {
      const messages = await lastValueFrom(of('hello').pipe(wire.agent(mock.url), toArray()));
      expect(String(await messages[0]?.resolve())).to.equal('Hi there, friend!');
    });

    it('can be empty', async () => {
      for (const stream of [true, false]) {
        const [message] = await wire.agent(mock.url).inquire('nothing', { stream }).resolve();
        expect(message?.text).to.equal('');
        expect(message?.data['finishReason']).to.equal(wire.finishReason);
      }
    });

    it('leaves out what the model thinks', async () => {
      for (const stream of [true, false]) {
        expect(await wire.agent(mock.url).inquire('think', { stream }).text()).to.equal('Thought.');
      }
    });

    it('survives a call of a tool, which only its finishReason tells of', async () => {
      for (const stream of [true, false]) {
        const [message] = await wire.agent(mock.url).inquire('tool', { stream }).resolve();
        expect(message?.text).to.equal('');
        expect(message?.data['finishReason']).to.be.oneOf(['tool_calls', 'tool_use', 'completed']);
      }
    });

    it('goes into the next question', async () => {
      const agent = wire.agent(mock.url);
      const text = await agent.inquire(['hello', agent.inquire('hello'), 'history']).text();
      const turns = (JSON.parse(text) as { role: string; content: string }[]).map(({ role, content }) => [
        role,
        content,
      ]);
      expect(turns).to.deep.equal([
        ['user', 'hello'],
        ['assistant', 'Hi there, friend!'],
        ['user', 'history'],
      ]);
    });
  });

  describeEachWire('whatever comes over the wire', (wire) => {
    const ask = () => wire.agent(probe.url, { model: 'model-1' }).inquire('hello');
    const facts = {
      model: 'model-1',
      id: 'reply-1',
      usage: { inputTokens: 7, outputTokens: 3 },
      finishReason: wire.finishReason,
    };
    const reply = [...wire.begin, wire.token('Grüße, '), wire.token('日本 👋'), ...wire.end].join('');

    async function expectReply(replies = ask()): Promise<void> {
      const [message] = await replies.resolve();
      expect(message?.text).to.equal('Grüße, 日本 👋');
      expect(message?.data).to.deep.equal(facts);
    }

    it('event by event', async () => {
      probe.script(async (answer) => {
        await answer.write(...wire.begin, wire.token('Grüße, '), wire.token('日本 👋'), ...wire.end);
        answer.end();
      });
      await expectReply();
    });

    it('all at once', async () => {
      probe.script(async (answer) => {
        await answer.write(reply);
        answer.end();
      });
      await expectReply();
    });

    it('byte by byte, through the middle of characters', async () => {
      probe.script(async (answer) => {
        for (const byte of Buffer.from(reply)) await answer.write(Uint8Array.of(byte));
        answer.end();
      });
      await expectReply();
    });

    it('with lines that end in CR and LF', async () => {
      probe.script(async (answer) => {
        await answer.write(...reply.replaceAll('\n', '\r\n').split(/(?<=\r)/));
        answer.end();
      });
      await expectReply();
    });

    it('without the last blank line', async () => {
      probe.script(async (answer) => {
        await answer.write(reply.trimEnd());
        answer.end();
      });
      await expectReply();
    });

    it('with nothing that tells a beginning', async () => {
      probe.script(async (answer) => {
        await answer.write(wire.token('Grüße, '), wire.token('日本 👋'), ...wire.end);
        answer.end();
      });
      const [message] = await ask().resolve();
      expect(message?.text).to.equal('Grüße, 日本 👋');
      expect(message?.data['finishReason']).to.equal(wire.finishReason);
    });

    it('with pings, comments, empty pieces and events of a later year, which are no tokens', async () => {
      probe.script(async (answer) => {
        await answer.write(...wire.odd, ...wire.begin, ...wire.odd, wire.token('Grüße, '), ...wire.odd);
        await answer.write(wire.token('日本 👋'), ...wire.odd, ...wire.end);
        answer.end();
      });
      const replies = ask();
      expect(await lastValueFrom(replies.tokens$.pipe(toArray()))).to.deep.equal(['Grüße, ', '日本 👋']);
      await expectReply(replies);
    });

    it('in one piece, though a stream was asked for', async () => {
      probe.script((answer) => answer.json(wire.whole('Grüße, 日本 👋')));
      await expectReply();
    });

    it('whole when the API says so, and not when the body ends', async () => {
      const read = new Subject<void>();
      probe.script(async (answer) => {
        await answer.write(reply);
        await firstValueFrom(read);
        answer.end();
      });
      await expectReply();
      read.next();
    });

    it('over connections that serve one request after the other', async () => {
      probe.script(async (answer) => {
        await answer.write(reply, 'data: [DONE]\n\n', 'data: {"no json\n\n');
        answer.end();
      });
      for (let i = 0; i < 10; i++) await expectReply();
      expect(new Set(probe.requests.map(({ connection }) => connection)).size).to.be.below(5);
    });
  });
});
