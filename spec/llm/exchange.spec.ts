import { expect } from 'chai';
import { List } from 'immutable';
import { lastValueFrom, Observable, take, toArray } from 'rxjs';
import { Exchange } from '../../lib/llm/exchange.js';
import { IncompleteReplyError } from '../../lib/llm/incomplete-reply-error.js';
import { Reply } from '../../lib/llm/reply.js';
import { Message } from '../../lib/messages/message.js';
import { SmallClient, smallProvider, stream } from './small-provider.js';

describe('Exchange', () => {
  const provider = smallProvider(async () => SmallClient);
  const wireFormat = provider.wireFormat(undefined);
  const { signal } = new AbortController();

  /** The text that comes of an answer. */
  function read(answer: Response, given: { stream?: boolean } = {}, reply = new Reply()) {
    const question = { name: 'n', model: 'm', system: 's', stream: true, request: { a: 1 }, ...given };
    const client = new SmallClient(() => answer);
    const text$ = new Observable<string>((to) => {
      const exchange = new Exchange(provider, wireFormat, question, reply, to);
      exchange.run(client, List([new Message({ text: 'q' })]), signal).then(
        () => to.complete(),
        (error: unknown) => to.error(error),
      );
    });
    return { client, reply, tokens: lastValueFrom(text$.pipe(toArray())) };
  }

  const errorOf = (promise: Promise<unknown>) =>
    promise.then(
      () => expect.fail('expected an error'),
      (error: unknown) => error as IncompleteReplyError,
    );

  it('sends the question with the signal', async () => {
    const { client, tokens } = read(stream('.'));
    await tokens;
    const body = { model: 'm', system: 's', stream: true, request: { a: 1 }, messages: ['q'] };
    expect(client.asked).to.deep.equal([{ body, signal }]);
  });

  it('reads events that are said to be JSON', async () => {
    const answer = new Response('data: one\n\ndata: .\n\n', { headers: { 'content-type': 'application/json' } });
    expect(await read(answer).tokens).to.deep.equal(['one']);
  });

  it('gives each piece of text, and no empty ones', async () => {
    expect(await read(stream('one', '', 'two', '.')).tokens).to.deep.equal(['one', 'two']);
  });

  it('ends with the end marker: what is behind it does not count', async () => {
    expect(await read(stream('one', '.', 'two', '?', '!')).tokens).to.deep.equal(['one']);
  });

  it('reads the events that a client has parsed, and lets them go when nobody wants them any more', async () => {
    const log: string[] = [];
    async function* events() {
      try {
        for (const word of ['one', 'two', 'three', '.']) {
          log.push(word);
          yield word;
        }
      } finally {
        log.push('let go');
      }
    }
    const parsed = { ...wireFormat, send: async () => events() };
    parsed.readEvent = (data, reply) => wireFormat.readEvent(JSON.parse(data) as string, reply);
    const question = { name: 'n', model: 'm', system: 's', stream: true, request: {} };
    const text$ = new Observable<string>((to) => {
      const controller = new AbortController();
      const exchange = new Exchange(provider, parsed, question, new Reply(), to);
      exchange.run(new SmallClient(), List(), controller.signal).then(
        () => to.complete(),
        (error: unknown) => to.error(error),
      );
      return () => controller.abort();
    });
    expect(await lastValueFrom(text$.pipe(toArray()))).to.deep.equal(['one', 'two', 'three']);
    expect(log.splice(0)).to.deep.equal(['one', 'two', 'three', '.', 'let go']);
    expect(await lastValueFrom(text$.pipe(take(1), toArray()))).to.deep.equal(['one']);
    await new Promise((resolve) => setTimeout(resolve));
    expect(log).to.deep.equal(['one', 'two', 'let go']);
  });

  it('reads an answer in one piece, where it asked for one or gets one', async () => {
    const whole = () => Response.json({ text: 'whole' });
    expect(await read(whole(), { stream: false }).tokens).to.deep.equal(['whole']);
    expect(await read(whole()).tokens).to.deep.equal(['whole']);
    for (const stream of [true, false]) {
      for (const type of ['text/plain', 'text/event-stream', 'application/json']) {
        const answer = new Response('{"text":"whole"}', { headers: { 'content-type': type } });
        expect(await read(answer, { stream }).tokens, type).to.deep.equal(['whole']);
      }
    }
  });

  it('an answer in one piece that is not whole is told of as such', async () => {
    const { whole: readWhole } = { whole: wireFormat.readWhole };
    wireFormat.readWhole = () => '';
    const error = await errorOf(read(Response.json({ choices: [] }), { stream: false }).tokens);
    wireFormat.readWhole = readWhole;
    expect(error).to.be.instanceOf(IncompleteReplyError);
    expect(error.message).to.equal(
      'the reply of m (small) broke off after 0 characters: Error: the answer is none, or is not finished: {"choices":[]}',
    );
  });

  it('takes an error event for a failure that is reported, also one that is no JSON', async () => {
    for (const [data, reported] of [
      ['overloaded', 'overloaded'],
      ['{"message":"overloaded"}', { message: 'overloaded' }],
    ]) {
      const headers = { 'content-type': 'text/event-stream' };
      const answer = new Response(`data: one\n\nevent: error\ndata: ${String(data)}\n\n`, { headers });
      const error = (await errorOf(read(answer).tokens)) as unknown as { reported: unknown };
      expect(error).to.be.instanceOf(SmallClient.APIError);
      expect(error.reported).to.deep.equal(reported);
    }
  });

  it('fails with the SDK’s error for a failure that is reported', async () => {
    expect(await errorOf(read(stream('one', '!')).tokens)).to.be.instanceOf(SmallClient.APIError);
  });

  it('fails with the text so far where it breaks off', async () => {
    const understood = await errorOf(read(stream('one', 'two', '?')).tokens);
    expect(understood)
      .to.be.instanceOf(IncompleteReplyError)
      .and.include({ text: 'onetwo', model: 'm', provider: 'small' });
    expect(understood.cause).to.be.instanceOf(SyntaxError);
    const ended = await errorOf(read(stream('one', 'two')).tokens);
    expect(ended).to.be.instanceOf(IncompleteReplyError).and.include({ text: 'onetwo' });
    expect(ended.cause).to.equal(undefined);
  });

  it('is whole where only the end of the body is missing', async () => {
    const reply = new Reply();
    reply.whole = true;
    expect(await read(stream('one', '?'), {}, reply).tokens).to.deep.equal(['one']);
  });
});
