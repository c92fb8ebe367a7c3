import { expect } from 'chai';
import { Readable } from 'node:stream';
import { firstValueFrom } from 'rxjs';
import type { MessageSequence } from 'miniagents';
import { IncompleteReplyError } from 'miniagents/openai';
import { type Answer, ProbeServer } from './probe-server.js';
import { describeEachWire, type Wire } from './wires.js';

/** What an agent may be given for a client: the SDK's, with something of the user's around it or inside it. */
describe('clients of users', () => {
  let probe: ProbeServer;
  before(async () => (probe = await ProbeServer.start()));
  after(() => probe.stop());

  const said = (wire: Wire) => [...wire.begin, wire.token('to'), wire.token('kens')];
  const streamed = (wire: Wire) => async (answer: Answer) => {
    await answer.write(...said(wire), ...wire.end);
    answer.end();
  };
  const errorOf = (replies: MessageSequence) =>
    replies.resolve().then(
      () => expect.fail('expected an error'),
      (error: unknown) => error as Error & { text?: string },
    );

  const data = (wire: Wire) => ({
    model: 'model-1',
    id: 'reply-1',
    usage: { inputTokens: 7, outputTokens: 3 },
    finishReason: wire.finishReason,
  });

  /** A client whose `create` gives what a function makes of the parsed answer, as those that are traced do. */
  function wrapped<Client extends object>(client: Client, change: (parsed: unknown) => unknown): Client {
    return new Proxy(client, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key, target);
        if (key === 'create') return async (...given: unknown[]) => change(await (value as any).apply(target, given));
        return typeof value === 'object' && value !== null ? wrapped(value, change) : value;
      },
    });
  }

  async function* passOn(events: unknown) {
    yield* events as AsyncIterable<unknown>;
  }

  describeEachWire('with a tracer around them, whose create gives a plain promise', (wire) => {
    const ask = (params: object, change: (parsed: unknown) => unknown = (parsed) => parsed) =>
      wire
        .agent(probe.url, { model: 'model-1', client: wrapped(wire.client(probe.url, fetch), change) })
        .inquire('hello', params);

    it('stream, by the SDK’s stream or a generator', async () => {
      for (const change of [undefined, passOn]) {
        probe.script(streamed(wire));
        const replies = ask({}, change);
        const tokens: string[] = [];
        for await (const message of replies) for await (const token of message) tokens.push(token);
        expect(tokens).to.deep.equal(['to', 'kens']);
        expect((await replies.resolve()).first()?.data).to.deep.equal(data(wire));
      }
    });

    it('answer in one piece', async () => {
      probe.script((answer) => answer.json(wire.whole('tokens')));
      const [message] = await ask({ stream: false }).resolve();
      expect(message).to.deep.include({ text: 'tokens', data: data(wire) });
    });

    it('fail with the SDK’s own error, before the answer and in the midst of it', async () => {
      probe.script((answer) => answer.json({ error: { message: 'no such key' } }, 401));
      expect(await errorOf(ask({}))).to.be.instanceOf(wire.SDK.AuthenticationError);
      probe.script((answer) => answer.write(...said(wire), wire.error));
      const failed = await errorOf(ask({}));
      expect(failed).to.be.instanceOf(wire.SDK.APIError);
      expect(failed.message).to.include('overloaded');
    });

    it('break off where the end is missing, which the SDK takes for a success, or the connection is cut', async () => {
      for (const end of ['end', 'cut'] as const) {
        probe.script(async (answer) => {
          await answer.write(...said(wire));
          await new Promise((read) => setTimeout(read, 50));
          answer[end]();
        });
        expect(await errorOf(ask({})))
          .to.be.instanceOf(IncompleteReplyError)
          .with.property('text', 'tokens');
      }
    });

    it('break off where they give nothing, or a part of it', async () => {
      for (const given of [null, undefined, 'text', {}]) {
        probe.script((answer) => answer.json(wire.whole('tokens')));
        const failed = await errorOf(ask({ stream: false }, () => given));
        expect(failed).to.be.instanceOf(IncompleteReplyError);
        expect(failed.message).to.include(`the answer is none, or is not finished: ${JSON.stringify(given)}`);
      }
    });

    it('are let go', async () => {
      probe.script((answer) => answer.write(...said(wire)));
      const replies = ask({});
      const { closed } = await probe.request();
      replies.cancel();
      await closed;
      expect((await errorOf(replies)).name).to.equal('CancelledError');
    });
  });

  describeEachWire('with a fetch of another make', (wire) => {
    const ask = (change: (response: Response) => object, params: object = {}) => {
      const own = async (url: string, init: object) => change(await fetch(url, init)) as Response;
      return wire.agent(probe.url, { model: 'model-1', client: wire.client(probe.url, own) }).inquire('hello', params);
    };

    /** As the packages for Node have it: the body is a stream of Node's. */
    const ofNode = ({ status, ok, headers, body: web }: Response) => {
      const body = Readable.fromWeb(web as never);
      return { status, ok, headers, body };
    };

    /** As React Native has it: there is no body to be read piece by piece. */
    const ofReactNative = (response: Response) => {
      const { status, ok, headers } = response;
      return { status, ok, headers, text: () => response.text() };
    };

    for (const [title, change] of Object.entries({ ofNode, ofReactNative })) {
      it(`${title}: stream, and answer in one piece`, async () => {
        probe.script(streamed(wire));
        expect(await ask(change).text()).to.equal('tokens');
        probe.script((answer) => answer.json(wire.whole('tokens')));
        expect(await ask(change, { stream: false }).text()).to.equal('tokens');
      });
    }

    it('ofNode: the tokens as they come, and the connection is closed when they are not wanted any more', async () => {
      probe.script((answer) => answer.write(...said(wire)));
      const replies = ask(ofNode);
      expect(await firstValueFrom(replies.tokens$)).to.equal('to');
      const { closed } = await probe.request();
      replies.cancel();
      await closed;
    });
  });
});
