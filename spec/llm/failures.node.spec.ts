import { LLMock } from '@copilotkit/aimock';
import { expect } from 'chai';
import { ErrorMessage, miniagent, MiniAgents, MiniAgentsError, type MessageSequence } from 'miniagents';
import { IncompleteReplyError } from 'miniagents/openai';
import { IncompleteReplyError as AnthropicIncompleteReplyError } from 'miniagents/anthropic';
import { catchError, EMPTY, firstValueFrom, tap, toArray } from 'rxjs';
import { ProbeServer, type Answer } from './probe-server.js';
import { describeEachWire, event, wires, type Wire } from './wires.js';

/** The tokens before an error, and the error: as the tokens' reader gets it, which is also what the message fails with. */
async function failureOf(replies: MessageSequence): Promise<{ tokens: string[]; error: any }> {
  const message = await firstValueFrom(replies);
  let error: unknown;
  const tokens = await firstValueFrom(
    message.pipe(
      catchError((thrown: unknown) => {
        error = thrown;
        return EMPTY;
      }),
      toArray(),
    ),
  );
  expect(error, 'an error').to.not.equal(undefined);
  const again = await message.resolve().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(again).to.equal(error);
  return { tokens, error };
}

describe('failures of models', () => {
  let probe: ProbeServer;
  let mock: LLMock;
  before(async () => {
    probe = await ProbeServer.start();
    mock = new LLMock({ port: 0 }).onMessage('hello', { content: 'Hi!' });
    await mock.start();
  });
  after(async () => {
    await probe.stop();
    await mock.stop();
  });

  const ask = (wire: Wire, params: object = {}) => wire.agent(probe.url, { model: 'model-1' }).inquire('hello', params);

  describeEachWire('before there is an answer', (wire) => {
    for (const stream of [true, false]) {
      it(`the SDK’s own error, as that of the message; stream: ${stream}`, async () => {
        mock.nextRequestError(401, { message: 'no such key', type: 'authentication_error' });
        const replies = wire.agent(mock.url).inquire('hello', { stream });
        expect(await firstValueFrom(replies.pipe(toArray()))).to.have.length(1);
        const { tokens, error } = await failureOf(replies);
        expect(tokens).to.deep.equal([]);
        expect(error).to.be.instanceOf(wire.SDK.AuthenticationError);
        expect(error.status).to.equal(401);
        expect(error.message).to.include('no such key');
      });

      it(`as a message it is one line; stream: ${stream}`, async () => {
        mock.nextRequestError(500, { message: 'boom' });
        const replies = wire.agent(mock.url).inquire('hello', { stream, errorsAsMessages: true });
        const [message] = await replies.resolve();
        expect(message).to.be.instanceOf(ErrorMessage);
        expect(message?.text).to.match(/^InternalServerError: 500 .*boom/);
      });
    }

    it('the SDK tries again, as its client is told to', async () => {
      probe.script(
        (answer) => answer.json({ error: { message: 'slow down' } }, 429, { 'retry-after-ms': '1' }),
        (answer) => answer.json({ error: { message: 'oops' } }, 500, { 'retry-after-ms': '1' }),
        (answer) => answer.json(wire.whole('third time')),
      );
      expect(await wire.agent(probe.url, {}, 2).inquire('hello').text()).to.equal('third time');
      expect(probe.requests).to.have.length(3);
    });

    it('a server that hangs up', async () => {
      probe.script((answer) => answer.cut());
      const { error } = await failureOf(ask(wire));
      expect(error).to.be.instanceOf(wire.SDK.APIConnectionError);
    });

    it('no server', async () => {
      const { error } = await failureOf(wire.agent('http://127.0.0.1:1').inquire('hello'));
      expect(error).to.be.instanceOf(wire.SDK.APIConnectionError);
    });

    it('what the agent was asked fails', async () => {
      const boom = new RangeError('boom');
      const failing = miniagent('failing', () => {
        throw boom;
      });
      probe.script(() => expect.fail('expected no request'));
      const { error } = await failureOf(wire.agent(probe.url).inquire(['one', failing.inquire()]));
      expect(error).to.equal(boom);
    });
  });

  describeEachWire('in the midst of an answer', (wire) => {
    const begun = [...wire.begin, wire.token('to'), wire.token('kens')];

    /** What becomes of a stream that begins well and then goes on so. */
    async function after(then: (answer: Answer) => unknown) {
      // The server waits for the tokens to be read, so that no bytes are lost with a connection that is cut.
      let read = () => {};
      const tokensRead = new Promise<void>((resolve) => (read = resolve));
      probe.script(async (answer) => {
        await answer.write(...begun);
        await tokensRead;
        await then(answer);
      });
      const replies = ask(wire);
      let count = 0;
      replies.tokens$.pipe(tap(() => ++count === 2 && read())).subscribe({ error: () => {} });
      return { replies, ...(await failureOf(replies)) };
    }

    function expectIncomplete(error: any, cause?: string): void {
      expect(error).to.be.instanceOf(IncompleteReplyError).and.instanceOf(AnthropicIncompleteReplyError);
      expect(error).to.be.instanceOf(MiniAgentsError);
      expect(error.name).to.equal('IncompleteReplyError');
      const { text, model, provider } = error;
      expect({ text, model, provider }).to.deep.equal({ text: 'tokens', model: 'model-1', provider: wire.provider });
      if (cause) expect(error.cause).to.be.instanceOf(Error).with.property('name', cause);
      else expect(error.cause).to.equal(undefined);
    }

    it('an error that the API reports is the SDK’s own', async () => {
      const { tokens, error } = await after((answer) => answer.write(wire.error));
      expect(tokens).to.deep.equal(['to', 'kens']);
      expect(error).to.be.instanceOf(wire.SDK.APIError);
      expect(error.message).to.include('overloaded');
      await (
        await probe.request()
      ).closed;
    });

    it('as a message it is a line below the text', async () => {
      const { replies } = await after((answer) => answer.write(wire.error));
      const [message] = await replies.errorsAsMessages().resolve();
      expect(message?.text).to.match(/^tokens\nAPIError: .*overloaded/);
    });

    it('an event of type error, whatever is in it', async () => {
      const { error } = await after((answer) => answer.write('event: error\ndata: {"message":"overloaded"}\n\n'));
      expect(error).to.be.instanceOf(wire.SDK.APIError);
      expect(error.message).to.include('overloaded');
    });

    it('a connection that is cut', async () => {
      const { tokens, error } = await after((answer) => answer.cut());
      expect(tokens).to.deep.equal(['to', 'kens']);
      expectIncomplete(error, 'TypeError');
      expect(error.cause.cause.code).to.equal('UND_ERR_SOCKET');
    });

    it('a stream that ends before its end marker', async () => {
      const { error } = await after((answer) => answer.end());
      expectIncomplete(error);
      expect(error.message).to.include('without its end marker');
    });

    it('a stream that ends in the middle of an event', async () => {
      const { error } = await after(async (answer) => {
        await answer.write(wire.token('lost').slice(0, -10));
        answer.end();
      });
      expectIncomplete(error, 'SyntaxError');
    });

    it('an event that is no JSON', async () => {
      const { error } = await after((answer) => answer.write('data: {"no json\n\n'));
      expectIncomplete(error, 'SyntaxError');
      await (
        await probe.request()
      ).closed;
    });

    it('as a message the text so far, and the error below', async () => {
      const { replies } = await after((answer) => answer.cut());
      const [message] = await replies.errorsAsMessages().resolve();
      expect(message?.text).to.match(/^tokens\nIncompleteReplyError: .*model-1.*terminated$/);
    });

    it('what comes after the end is no matter', async () => {
      probe.script(async (answer) => {
        await answer.write(...begun, ...wire.end, wire.token('more'), 'data: {"no json\n\n');
        answer.cut();
      });
      expect(await ask(wire).text()).to.equal('tokens');
    });

    it('a stream that has nothing in it', async () => {
      probe.script((answer) => {
        answer.begin();
        answer.end();
      });
      const { error } = await failureOf(ask(wire));
      expect(error).to.be.instanceOf(IncompleteReplyError).with.property('text', '');
    });
  });

  describe('as servers other than OpenAI’s report them in a stream of Chat Completions', () => {
    const chat = wires.find(({ path, title }) => path.endsWith('completions') && title.endsWith('7')) as Wire;
    const choices = [{ index: 0, delta: { content: 'Hel' } }];
    const lost = { index: 0, delta: {}, finish_reason: 'error', error: { code: 502, message: 'overloaded' } };
    for (const [what, events] of Object.entries({
      'an object of the type error': [{ object: 'error', message: 'overloaded', code: 500 }],
      'beside the choices': [{ choices: [], x_groq: { error: 'overloaded' } }],
      'in the choice': [{ choices: [lost] }],
    }))
      it(what, async () => {
        probe.script((answer) =>
          answer.write(event({ choices }), ...events.map((data) => event(data)), event('[DONE]')),
        );
        const { tokens, error } = await failureOf(ask(chat));
        expect(tokens).to.deep.equal(['Hel']);
        expect(error).to.be.instanceOf(chat.SDK.APIError);
        expect(error.message).to.include('overloaded');
      });

    it('in a field of its own', async () => {
      probe.script((answer) => answer.write('error: {"code":400,"message":"too long"}\n\n', event('[DONE]')));
      const { error } = await failureOf(ask(chat));
      expect(error).to.be.instanceOf(chat.SDK.APIError);
      expect(error.message).to.include('too long');
    });

    it('not at all: the stream ends, and no reason is given', async () => {
      for (const said of [[], [event({ choices })]]) {
        probe.script((answer) => answer.write(...said, event('[DONE]')));
        const { error } = await failureOf(ask(chat));
        expect(error).to.be.instanceOf(IncompleteReplyError);
        expect(error.message).to.include('[DONE] came before any finish_reason');
      }
    });
  });

  describeEachWire('in an answer in one piece', (wire) => {
    const whole = (script: (answer: Answer) => unknown) => {
      probe.script(script);
      return failureOf(ask(wire, { stream: false }));
    };

    it('an error that the API reports is the SDK’s own', async () => {
      const { error } = await whole((answer) => answer.json(wire.errorBody));
      expect(error).to.be.instanceOf(wire.SDK.APIError);
      expect(error.message).to.include('overloaded');
    });

    it('what is cut, no JSON, or no answer', async () => {
      const cut = await whole(async (answer) => {
        await answer.write('{"id":');
        answer.cut();
      });
      expect(cut.error).to.be.instanceOf(IncompleteReplyError).with.nested.property('cause.name', 'TypeError');
      const noJson = await whole(async (answer) => {
        await answer.write('<html>');
        answer.end();
      });
      expect(noJson.error).to.be.instanceOf(IncompleteReplyError).with.nested.property('cause.name', 'SyntaxError');
      for (const body of [{}, [], { id: 'reply-1' }]) {
        const { error } = await whole((answer) => answer.json(body));
        expect(error).to.be.instanceOf(IncompleteReplyError);
      }
    });
  });

  describeEachWire('that nobody reads', (wire) => {
    it('are reported, once', async () => {
      const reported: unknown[][] = [];
      const miniAgents = new MiniAgents({ onUnhandledError: (...report) => reported.push(report) });
      const relay = miniagent('relay', (ctx) => ctx.messages);
      probe.script((answer) => answer.json({ error: { message: 'no such key' } }, 401));
      await miniAgents.run(() => {
        relay.inquire(relay.inquire(ask(wire)));
      });
      expect(reported).to.have.length(1);
      expect(reported[0]?.[0]).to.be.instanceOf(wire.SDK.AuthenticationError);
      expect(reported[0]?.[1]).to.equal(wire.provider);
    });
  });
});
