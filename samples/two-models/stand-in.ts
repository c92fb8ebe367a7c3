import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const words = (text: string): string[] => text.split(/(?<= )/);
const anEvent = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;

/** How each of the two APIs streams a text. */
const APIS: Record<string, (text: string) => object[]> = {
  '/openai/responses': (text) => [
    ...words(text).map((delta) => ({ type: 'response.output_text.delta', delta })),
    {
      type: 'response.completed',
      response: { id: 'r1', usage: { input_tokens: 0, output_tokens: words(text).length } },
    },
  ],
  '/anthropic/v1/messages': (text) => [
    { type: 'message_start', message: { id: 'm1', usage: { input_tokens: 0, output_tokens: 0 } } },
    ...words(text).map((word) => ({ type: 'content_block_delta', delta: { type: 'text_delta', text: word } })),
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: words(text).length } },
    { type: 'message_stop' },
  ],
};

/** A server that stands in for both providers, for those who have no keys. It says so, in as many tokens as words. */
export async function startStandIn(env: NodeJS.ProcessEnv): Promise<() => void> {
  const server = createServer((request, response) => answer(request.url ?? '', response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(env, { OPENAI_BASE_URL: `${url}/openai`, OPENAI_API_KEY: 'none' });
  Object.assign(env, { ANTHROPIC_BASE_URL: `${url}/anthropic`, ANTHROPIC_API_KEY: 'none' });
  return () => {
    server.closeAllConnections();
    server.close();
  };
}

function answer(path: string, response: ServerResponse): void {
  const events = APIS[path]?.(`I only stand in for the model that would answer at ${path.slice(1)}.`) ?? [];
  response.writeHead(events.length > 0 ? 200 : 404, { 'content-type': 'text/event-stream' });
  response.end(events.map(anEvent).join(''));
}
