import type { List } from 'immutable';
import type { Subscriber } from 'rxjs';
import type { Message } from '../messages/message.js';
import { IncompleteReplyError } from './incomplete-reply-error.js';
import type { Provider, Question, WireFormat } from './provider.js';
import { isOfSDK, ProviderFailure, providerError } from './provider-failure.js';
import { receive } from './raw-answer.js';
import type { Reply } from './reply.js';
import { readJSON } from './read-body.js';
import { readEvents } from './server-sent-events.js';

/** Reads the answer to a question, and hands over its text as it comes. */
export class Exchange<Client extends object> {
  /** Kept for the error that says how far a reply got. */
  readonly #said: string[] = [];

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
    const answer = await receive(this.wireFormat.send(client, body, { signal }));
    try {
      await (answer.response ? this.#read(answer.response, signal) : this.#readParsed(answer.parsed, signal));
    } catch (error) {
      if (error instanceof ProviderFailure) throw providerError(client, error, answer.response?.headers);
      // What breaks after the end of the text takes nothing from it.
      if (!this.reply.whole) throw isOfSDK(client, error) ? error : this.#brokenOff(error);
    }
    if (!this.reply.whole) throw this.#brokenOff();
  }

  async #read(response: Response, signal: AbortSignal): Promise<void> {
    if (!this.question.stream) return this.#takeWhole(await readJSON(response, signal));
    const json = await readEvents(response, signal, (data, type) => this.#take(data, type));
    // Some servers answer in one piece whatever they are asked for.
    if (json !== undefined) this.#takeWhole(JSON.parse(json));
  }

  /** Reads an answer as the SDK has parsed it: its events, or all of it. */
  async #readParsed(parsed: unknown, signal: AbortSignal): Promise<void> {
    const events = parsed as Partial<AsyncIterable<unknown>> | null | undefined;
    if (!events?.[Symbol.asyncIterator]) return this.#takeWhole(parsed);
    for await (const event of events as AsyncIterable<unknown>) {
      if (signal.aborted) return;
      this.#take(JSON.stringify(event), undefined);
    }
  }

  #takeWhole(answer: unknown): void {
    this.#say(this.wireFormat.readWhole(answer, this.reply));
    if (this.reply.whole) return;
    throw new Error(`the answer is none, or is not finished: ${String(JSON.stringify(answer)).slice(0, 200)}`);
  }

  #take(data: string, type: string | undefined): void {
    const { reply } = this;
    if (data === '' || reply.over) return;
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
    return new IncompleteReplyError(this.provider.name, this.question.model, this.#said.join(''), cause);
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
