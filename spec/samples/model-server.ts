import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { firstValueFrom, Subject } from 'rxjs';

/**
 * What a model says to a question: its tokens, for as long as somebody listens. What it throws before the first one is an
 * answer with status 500.
 */
type Answer = (question: string, system: string) => AsyncIterable<string>;

interface Body {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

/** A server of one's own that speaks Chat Completions, and knows who is connected. */
export async function modelServer(answer: Answer) {
  const idle$ = new Subject<void>();
  const state = { asked: 0, open: 0, mostOpen: 0 };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    state.asked++;
    state.mostOpen = Math.max(state.mostOpen, ++state.open);
    response.once('close', () => --state.open || idle$.next());
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { messages } = JSON.parse(Buffer.concat(chunks).toString()) as Body;
    const said = (role: string): string => messages.find((message) => message.role === role)?.content ?? '';
    try {
      const tokens = answer(said('user'), said('system'))[Symbol.asyncIterator]();
      let token = await tokens.next();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (; !token.done && !response.destroyed; token = await tokens.next()) {
        response.write(aChunk({ delta: { content: token.value } }));
      }
      response.end(`${aChunk({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`);
    } catch (error) {
      response.writeHead(500, { 'content-type': 'application/json', 'x-should-retry': 'false' });
      response.end(JSON.stringify({ error: { message: (error as Error).message } }));
    }
  };
  const server = createServer((request, response) => void serve(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  /** Resolves when nobody is connected any more. */
  const idle = async (): Promise<void> => {
    if (state.open > 0) await firstValueFrom(idle$);
  };
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url, state, idle, close };
}

const aChunk = (choice: object): string =>
  `data: ${JSON.stringify({ id: 'c1', choices: [{ index: 0, ...choice }] })}\n\n`;
