import type { OpenAI } from 'openai';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { importPackage } from '../packages/import-package.js';
import type { MiniAgent } from '../runtime/mini-agent.js';
import { llmAgent } from './llm-agent.js';
import { openAIChat } from './openai-chat.js';
import { isOpenAIClient, type OpenAIClient } from './openai-client.js';
import { openAIResponses } from './openai-responses.js';
import type { Optional, Provider, WireFormat } from './provider.js';

/** What an OpenAI agent is told beside the parameters of the API. */
export interface OpenAIAgentOptions {
  /** The model. Default: the environment variable `OPENAI_MODEL`, or else `gpt-5.5`. */
  readonly model?: string | undefined;
  /**
   * The client of the official SDK: where, how often and how long a request is tried is its business. Default: one that is
   * made at first use, from the environment (`OPENAI_API_KEY`, `OPENAI_BASE_URL` …).
   */
  readonly client?: OpenAIClient | undefined;
  /** The API: `responses` (default) or, which most other servers speak, `chat` (Chat Completions). */
  readonly api?: 'responses' | 'chat' | undefined;
  /** What comes before all that the agent is sent. */
  readonly system?: string | undefined;
  /** Whether the reply is streamed, or comes in one piece. Default `true`. */
  readonly stream?: boolean | undefined;
  /** Who the agent is, and says its replies are by. Default `openai`. */
  readonly name?: string | undefined;
}

type Responses = Optional<Omit<OpenAI.Responses.ResponseCreateParamsNonStreaming, 'model' | 'input' | 'stream'>>;
type Chat = Optional<Omit<OpenAI.Chat.ChatCompletionCreateParamsNonStreaming, 'model' | 'messages' | 'stream'>>;

/**
 * The options of an OpenAI agent, and beside them whatever the API takes, under its own names: `temperature`,
 * `max_output_tokens`, `reasoning` …
 */
export type OpenAIAgentParameters = OpenAIAgentOptions &
  (({ readonly api?: 'responses' | undefined } & Responses) | ({ readonly api: 'chat' } & Chat)) & {
    readonly [parameter: string]: unknown;
  };

const wireFormats: Readonly<Record<string, WireFormat<OpenAIClient>>> = {
  responses: openAIResponses,
  chat: openAIChat,
};

const openAI: Provider<OpenAIClient> = {
  name: 'openai',
  sdk: 'openai',
  keyVariable: 'OPENAI_API_KEY',
  modelVariable: 'OPENAI_MODEL',
  defaultModel: 'gpt-5.5',
  load: async () => (await importPackage('openai', () => import('openai'))).OpenAI,
  isClient: isOpenAIClient,
  wireFormat(api = 'responses') {
    const known = typeof api === 'string' && Object.hasOwn(wireFormats, api) ? wireFormats[api] : undefined;
    if (!known) throw new InvalidArgumentError('`responses` or `chat` as api', api);
    return known;
  },
};

/**
 * An agent that has a model of OpenAI's, or of any server that speaks its language, answer what it is sent.
 *
 * The reply is one message, there at once, with `draft` telling role, name and model; its tokens come as the model says them.
 * The whole message's `data` has `model` (the one asked for), `id`, `usage: { inputTokens, outputTokens }` and `finishReason`
 * (the API's own word; a refusal is text, with `refusal`). A failure is that of the message: the SDK's error if the API
 * refuses or reports one, {@link IncompleteReplyError} if the reply breaks off, {@link SetUpError} without SDK or key. Whatever
 * cancels the message, or an agent around it, closes the connection.
 *
 * @param parameters - options, and parameters of the API; all of them can be given at a call too, and win there. A parameter
 * that is given as `undefined` is left out; an option is then that with which the agent was made.
 *
 * @example
 * ```ts
 * const agent = createOpenAIAgent({ model: 'gpt-5.5', system: 'Be brief.' });
 * await agent.inquire('Why is the sky blue?', { temperature: 0 }).text();
 * ```
 *
 * @throws InvalidArgumentError for an option of the wrong kind.
 */
export function createOpenAIAgent(parameters: OpenAIAgentParameters = {}): MiniAgent<OpenAIAgentParameters> {
  return llmAgent(openAI, parameters);
}
