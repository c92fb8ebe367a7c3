import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request that came. */
export interface ProbeRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: any;
  /** The number of the connection that it came by. */
  readonly connection: number;
  /** Resolves when that connection is closed, by whichever side. */
  readonly closed: Promise<void>;
}

/** What a script can do to a request. */
export interface Answer {
  json(body: object, status?: number, headers?: Record<string, string>): void;
  /** Begins a stream of events: sends the headers. */
  begin(): void;
  /** Sends what is given, piece by piece; resolves when it is on its way. */
  write(...pieces: (string | Uint8Array)[]): Promise<void>;
  end(): void;
  /** Cuts the connection. */
  cut(): void;
}

export type Script = (answer: Answer) => unknown;

/** A server that does to its clients what is scripted, for what a mock of an API cannot do: hang up, stall, cut, send odd bytes. */
export class ProbeServer {
  readonly requests: ProbeRequest[] = [];
  #scripts: Script[] = [];
  readonly #connections = new Map<Socket, Pick<ProbeRequest, 'connection' | 'closed'>>();
  #arrivals: { count: number; resolve(): void }[] = [];

  private constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => {
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      this.#connections.set(socket, { connection: this.#connections.size + 1, closed });
    });
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.#serve(request, response));
  }

  static async start(): Promise<ProbeServer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ProbeServer(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Forgets the requests, and answers those to come by these scripts, in turn; by the last of them, when there is no other. */
  script(...scripts: Script[]): void {
    this.requests.length = 0;
    this.#scripts = scripts;
  }

  /** The last of so many requests, when they have come. */
  async request(count = 1): Promise<ProbeRequest> {
    if (this.requests.length < count) await new Promise<void>((resolve) => this.#arrivals.push({ count, resolve }));
    return this.requests[count - 1] as ProbeRequest;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket, url = '', headers } = request;
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    const connection = this.#connections.get(socket) as Pick<ProbeRequest, 'connection' | 'closed'>;
    this.requests.push({ path: url, headers, body: JSON.parse(text), ...connection });
    this.#arrivals = this.#arrivals.filter((arrival) => {
      if (this.requests.length >= arrival.count) arrival.resolve();
      return this.requests.length < arrival.count;
    });
    const script = this.#scripts.length > 1 ? this.#scripts.shift() : this.#scripts[0];
    await script?.(answerBy(response));
  }
}

function answerBy(response: ServerResponse): Answer {
  const answer: Answer = {
    json: (body, status = 200, headers = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body)),
    begin: () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    },
    write: async (...pieces) => {
      if (!response.headersSent) answer.begin();
      for (const piece of pieces) await new Promise((sent) => response.write(piece, sent));
    },
    end: () => response.end(),
    cut: () => response.destroy(),
  };
  return answer;
}
