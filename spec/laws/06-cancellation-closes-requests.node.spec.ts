import { expect } from 'chai';
import { miniagent } from 'miniagents';
import type { InteractionContext, MessagePromise } from 'miniagents';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lastValueFrom, take } from 'rxjs';
import type { Observable } from 'rxjs';
import { forEachStart, rejection } from './support.js';

// The server sends the beginning of an answer and then nothing more.
describe('law 6: cancelling a run closes its HTTP requests, stalled ones too', () => {
  const open = new Set<ServerResponse>();
  let server: Server;
  let url: string;

  before(async () => {
    server = createServer((_request, response) => {
      open.add(response.on('close', () => open.delete(response)));
      response.write('the beginning');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const closed = async () => {
    while (open.size > 0) await Promise.all([...open].map((response) => once(response, 'close')));
  };
  const decoded = (response: Response) => response.body?.pipeThrough(new TextDecoderStream()) as ReadableStream<string>;
  const ask = async (ctx: InteractionContext) => decoded(await fetch(url, { signal: ctx.signal }));
  const leaf = miniagent('leaf', ask);
  const top = miniagent('top', (ctx) => {
    for (let n = 0; n < 5; n++) ctx.replyOutOfOrder(ctx.inquire(leaf));
  });
  const allAnswered = (replies: Observable<unknown>) => lastValueFrom(replies.pipe(take(5)));

  forEachStart(() => {
    it('by cancel(), from three agents up', async () => {
      const replies = miniagent('upmost', (ctx) => ctx.inquire(top)).inquire();
      const message = (await allAnswered(replies)) as MessagePromise;
      expect(String(await message.resolve())).to.equal('the beginning');
      expect(open.size).to.equal(5);
      replies.cancel();
      await closed();
      await rejection(replies.resolve());
    });

    it('by a signal', async () => {
      const controller = new AbortController();
      const replies = top.inquire(null, { signal: controller.signal });
      await allAnswered(replies);
      controller.abort();
      await closed();
      await rejection(replies.resolve());
    });

    it('by an unsubscribe', async () => {
      await allAnswered(top('x'));
      await closed();
    });
  });
});
