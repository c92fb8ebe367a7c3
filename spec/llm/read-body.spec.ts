import { expect } from 'chai';
import { readBody, readJSON } from '../../lib/llm/read-body.js';

describe('readBody', () => {
  const encoder = new TextEncoder();
  const never = new AbortController().signal;

  /** A body that comes in these chunks and then stalls, and what it was cancelled for. */
  function stalling(...chunks: (string | Uint8Array)[]) {
    const cancelled: unknown[] = [];
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
      },
      cancel(reason) {
        cancelled.push(reason);
        throw new RangeError('of no interest');
      },
    });
    return { body, cancelled };
  }

  const turn = () => new Promise((resolve) => setTimeout(resolve));

  it('gives the text of each chunk, with characters that are cut put together', async () => {
    const bytes = encoder.encode('ä👋');
    const chunks = [...bytes].map((_, at) => bytes.slice(at, at + 1));
    const { body } = stalling(...chunks);
    let text = '';
    void readBody(new Response(body), never, (piece) => (text += piece));
    await turn();
    expect(text).to.equal('ä👋');
  });

  it('lets the body go when the signal is aborted, though it is silent, and returns', async () => {
    const { body, cancelled } = stalling('one');
    const controller = new AbortController();
    const seen: string[] = [];
    const reading = readBody(new Response(body), controller.signal, (piece) => piece && seen.push(piece));
    await turn();
    expect(cancelled).to.have.length(0);
    controller.abort();
    await reading;
    expect([seen, cancelled.length]).to.deep.equal([['one'], 1]);
  });

  it('lets a body go that comes after that', async () => {
    const { body, cancelled } = stalling('one');
    const seen: string[] = [];
    await readBody(new Response(body), AbortSignal.abort(), (piece) => piece && seen.push(piece));
    expect([seen, cancelled.length]).to.deep.equal([[], 1]);
  });

  it('lets it go when taking throws, and throws that', async () => {
    const { body, cancelled } = stalling('one');
    const boom = new RangeError('boom');
    const failed = await readBody(new Response(body), never, () => {
      throw boom;
    }).catch((error: unknown) => error);
    expect([failed, cancelled.length]).to.deep.equal([boom, 1]);
  });

  it('throws what reading throws', async () => {
    const boom = new RangeError('boom');
    const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(boom) });
    expect(await readBody(new Response(body), never, () => {}).catch((error: unknown) => error)).to.equal(boom);
  });

  it('reads the stream that a fetch like that of Node’s packages has for a body, and lets it go', async () => {
    const log: string[] = [];
    async function* chunks() {
      try {
        for (const chunk of ['one', 'two', 'three']) yield encoder.encode(chunk);
      } finally {
        log.push('let go');
      }
    }
    const answer = () => ({ body: chunks(), text: () => expect.fail('it has a body') });
    await readBody(answer(), never, (piece) => piece && log.push(piece));
    expect(log.splice(0)).to.deep.equal(['one', 'two', 'three', 'let go']);
    const boom = new RangeError('boom');
    const failed = await readBody(answer(), never, () => {
      throw boom;
    }).catch((error: unknown) => error);
    expect([failed, log]).to.deep.equal([boom, ['let go']]);
  });

  it('reads all of the text at once where there is no body to read, as in React Native', async () => {
    const pieces: string[] = [];
    await readBody({ text: async () => 'all of it' }, never, (piece) => pieces.push(piece));
    expect(pieces).to.deep.equal(['all of it']);
  });

  it('readJSON reads it whole, and fails for what is none', async () => {
    expect(await readJSON(new Response('{"a":[1]}'), never)).to.deep.equal({ a: [1] });
    for (const none of [new Response('<html>'), new Response(null)])
      expect(await readJSON(none, never).catch((error: unknown) => error)).to.be.instanceOf(SyntaxError);
  });
});
