import { expect } from 'chai';
import { readEvents } from '../../lib/llm/server-sent-events.js';

const encoder = new TextEncoder();
const { signal } = new AbortController();

/** An answer that comes in these chunks. */
function answerOf(...chunks: (string | Uint8Array)[]): Response {
  const body = new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk === undefined) controller.close();
      else controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
    },
  });
  return new Response(body);
}

async function eventsOf(...chunks: (string | Uint8Array)[]): Promise<[string, string | undefined][]> {
  const events: [string, string | undefined][] = [];
  await readEvents(answerOf(...chunks), signal, (data, type) => events.push([data, type]));
  return events;
}

describe('readEvents', () => {
  const stream = ': hello\n\nevent: a\ndata: {"text":"Grüße 👋"}\n\ndata: two\ndata: lines\n\ndata:none\n\n';
  const events = [
    ['{"text":"Grüße 👋"}', 'a'],
    ['two\nlines', undefined],
    ['none', undefined],
  ];

  it('gives data and type of each event', async () => {
    expect(await eventsOf(stream)).to.deep.equal(events);
  });

  it('cuts anywhere make no difference, in the middle of a character or between CR and LF neither', async () => {
    for (const text of [stream, stream.replaceAll('\n', '\r\n'), stream.replaceAll('\n', '\r')]) {
      const bytes = encoder.encode(text);
      for (let at = 1; at < bytes.length; at++) {
        expect(await eventsOf(bytes.slice(0, at), bytes.slice(at)), `cut at ${at}`).to.deep.equal(events);
      }
    }
  });

  it('takes an event at the end without its blank line, and a body without any', async () => {
    expect(await eventsOf('data: last')).to.deep.equal([['last', undefined]]);
    expect(await eventsOf('data: last\r')).to.deep.equal([['last', undefined]]);
    expect(await eventsOf()).to.deep.equal([]);
  });

  it('takes a field `error` for an event of that type, and other unknown ones for none', async () => {
    const error = '{"code":400,"message":"too long"}';
    expect(await eventsOf(`error: ${error}\n\n`, 'other: 1\n\n', 'data: [DONE]\n\n')).to.deep.equal([
      [error, 'error'],
      ['[DONE]', undefined],
    ]);
  });

  it('gives back what is JSON instead, whatever its type says', async () => {
    const taken: string[] = [];
    const read = (...chunks: string[]) => readEvents(answerOf(...chunks), signal, (data) => taken.push(data));
    for (const json of ['{"text":"data: 1\\n\\n"}', '[]'])
      for (let at = 0; at < json.length; at++)
        expect(await read(' \n', json.slice(0, at), json.slice(at)), `cut at ${at}`).to.equal(` \n${json}`.trimStart());
    expect(taken).to.deep.equal([]);
    expect(await read('\n', 'data: {"a":1}\n\n', '{}', '\n', '{}')).to.equal(undefined);
    expect(taken).to.deep.equal(['{"a":1}']);
  });

  it('gives the events of a chunk before the next is asked for', async () => {
    const log: string[] = [];
    const chunks = ['data: 1\n\ndata: 2\n\n', 'data: 3\n\n'];
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          log.push('asked');
          const chunk = chunks.shift();
          if (chunk === undefined) controller.close();
          else controller.enqueue(encoder.encode(chunk));
        },
      },
      { highWaterMark: 0 },
    );
    await readEvents(new Response(body), signal, (data) => log.push(data));
    expect(log).to.deep.equal(['asked', '1', '2', 'asked', '3', 'asked']);
  });

  it('fails with what the body, or taking an event, fails with', async () => {
    const boom = new RangeError('boom');
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(boom) });
    const failed = (promise: Promise<unknown>) => promise.then(undefined, (error: unknown) => error);
    expect(await failed(readEvents(new Response(broken), signal, () => undefined))).to.equal(boom);
    const taking = readEvents(answerOf('data: 1\n\n'), signal, () => {
      throw boom;
    });
    expect(await failed(taking)).to.equal(boom);
  });
});
