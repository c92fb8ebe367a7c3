import type { List } from 'immutable';
import type { Message } from '../messages/message.js';
import type { RawAnswer } from './raw-answer.js';
import type { Reply } from './reply.js';

/** Parameters by their names. */
export type Parameters = Readonly<Record<string, unknown>>;

/** The parameters of an API as an agent takes them: each may be left out, or `undefined`, which is the same. */
export type Optional<Request> = { readonly [Parameter in keyof Request]?: Request[Parameter] | undefined };

/** What is asked of a model, apart from the conversation. */
export interface Question {
  readonly model: string;
  readonly stream: boolean;
  readonly system: unknown;
  /** Who asks: the agent's name. */
  readonly name: string;
  /** All that goes to the API as it was given. */
  readonly request: Parameters;
}

/** How an API is spoken: what is sent to it, and what is read off its answers. */
export interface WireFormat<Client> {
  /** Parameters of the API that are made of what the agent is sent. */
  readonly reserved: readonly string[];
  /** @throws InvalidArgumentError if this API cannot be asked so. */
  check(system: unknown, request: Parameters): void;
  body(question: Question, messages: List<Message>): object;
  send(client: Client, body: object, options: { readonly signal: AbortSignal }): RawAnswer;
  /**
   * Reads the data of one event: what it tells into `reply`, and the text that it brings.
   *
   * @throws ProviderFailure if the event reports one, another error if it is not to be understood.
   */
  readEvent(data: string, reply: Reply): string;
  /**
   * Reads an answer that came in one piece: what it tells into `reply`, and the text.
   *
   * @throws ProviderFailure if it reports one.
   */
  readWhole(body: unknown, reply: Reply): string;
}

/** Whose API it is, and how one gets at it. */
export interface Provider<Client extends object> {
  readonly name: string;
  /** The package of the SDK. */
  readonly sdk: string;
  /** The environment variables for the key and for the model. */
  readonly keyVariable: string;
  readonly modelVariable: string;
  readonly defaultModel: string;
  /** Loads the class of the SDK's clients, which take what they need from the environment. */
  load(): Promise<new () => Client>;
  isClient(value: unknown): value is Client;
  /** The API that the option `api` asks for. @throws InvalidArgumentError if there is none. */
  wireFormat(api: unknown): WireFormat<Client>;
}
