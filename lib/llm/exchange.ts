import type { List } from 'immutable';
import type { Subscriber } from 'rxjs';
import type { Message } from '../messages/message.js';
import { IncompleteReplyError } from './incomplete-reply-error.js';
import type { Provider, Question, WireFormat } from './provider.js';
import { ProviderFailure, providerError } from './provider-failure.js';
import { readJSON } from './read-body.js';
import type { Reply } from './reply.js';
import { readEvents } from './server-sent-events.js';

/** Reads the answer to a question, and hands over its text as it comes. */
export class Exchange<Client extends object> {
  /** Kept for the error that says how far a reply got. */
  readonly #said: string[] = [];
  #streamed = true;

  constructor(
    private readonly provider: Provider<Client>,
    private readonly wireFormat: WireFormat<Client>,
    private readonly question: Question,
    private readonly reply: Reply,
    private readonly to: Subscriber<string>,
  ) {}

  /** @throws the SDK's error if there is no answer, or if it reports one; IncompleteReplyError if it breaks off. */
  async run(client: Client, messages: List<Message>, signal: AbortSignal): Promise<void> {
    const body = this.wireFormat.body(this.question, messages);
    const response = await this.wireFormat.send(client, body, { signal }).asResponse();
    try {
      await this.#read(response, signal);
    } catch (error) {
      if (error instanceof ProviderFailure) throw providerError(client, error, response.headers);
      // What breaks after the end of the text takes nothing from it.
      if (!this.reply.whole) throw this.#brokenOff(error);
    }
    if (!this.reply.whole) throw this.#brokenOff();
  }

  async #read(response: Response, signal: AbortSignal): Promise<void> {
    const { body, headers } = response;
    // Some servers answer in one piece whatever they are asked for.
    const inEvents = this.question.stream && !headers.get('content-type')?.includes('json');
    if (body && inEvents) return readEvents(body, signal, (data, type) => this.#take(data, type));
    const answer = await readJSON(response, signal);
    this.#streamed = false;
    this.#say(this.wireFormat.readWhole(answer, this.reply));
  }

  #take(data: string, type: string | undefined): void {
    const { reply } = this;
    if (data === '') return;
    if (type === 'error' && !isJSON(data)) throw new ProviderFailure(data);
    this.#say(this.wireFormat.readEvent(data, reply));
    if (type === 'error') throw new ProviderFailure(JSON.parse(data));
    if (reply.over) this.to.complete();
  }

  #say(text: string): void {
    if (text === '') return;
    this.#said.push(text);
    this.to.next(text);
  }

  #brokenOff(cause?: unknown): IncompleteReplyError {
    const why = cause ?? (this.#streamed ? undefined : new Error('the answer is none, or is not finished'));
    return new IncompleteReplyError(this.provider.name, this.question.model, this.#said.join(''), why);
  }
}

function isJSON(data: string): boolean {
  try {
    JSON.parse(data);
    return true;
  } catch {
    return false;
  }
}
