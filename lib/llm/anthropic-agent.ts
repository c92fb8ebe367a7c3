import type { Anthropic } from '@anthropic-ai/sdk';
import { importPackage } from '../packages/import-package.js';
import type { MiniAgent } from '../runtime/mini-agent.js';
import { isAnthropicClient, type AnthropicClient } from './anthropic-client.js';
import { anthropicMessages } from './anthropic-messages.js';
import { expectOption } from './expect-option.js';
import { llmAgent } from './llm-agent.js';
import type { Optional, Provider } from './provider.js';

/** What an Anthropic agent is told beside the parameters of the API. */
export interface AnthropicAgentOptions {
  /** The model. Default: the environment variable `ANTHROPIC_MODEL`, or else `claude-sonnet-5-5`. */
  readonly model?: string | undefined;
  /**
   * The client of the official SDK: where, how often and how long a request is tried is its business. Default: one that is
   * made at first use, from the environment (`ANTHROPIC_API_KEY`, `ANTHROPIC_BASE_URL` …).
   */
  readonly client?: AnthropicClient | undefined;
  /** What comes before all that the agent is sent; the system messages in there are added to it. */
  readonly system?: string | Anthropic.TextBlockParam[] | undefined;
  /** How long the reply may become, which this API wants to be told. Default 8192. */
  readonly max_tokens?: number | undefined;
  /** Whether the reply is streamed, or comes in one piece. Default `true`. */
  readonly stream?: boolean | undefined;
  /** Who the agent is, and says its replies are by. Default `anthropic`. */
  readonly name?: string | undefined;
}

/** The options of an Anthropic agent, and beside them whatever the API takes, under its own names: `temperature`, `thinking` … */
export type AnthropicAgentParameters = AnthropicAgentOptions &
  Optional<Omit<Anthropic.MessageCreateParamsNonStreaming, keyof AnthropicAgentOptions | 'messages'>> & {
    readonly [parameter: string]: unknown;
  };

const anthropic: Provider<AnthropicClient> = {
  name: 'anthropic',
  sdk: '@anthropic-ai/sdk',
  keyVariable: 'ANTHROPIC_API_KEY',
  modelVariable: 'ANTHROPIC_MODEL',
  defaultModel: 'claude-sonnet-5-5',
  load: async () => (await importPackage('@anthropic-ai/sdk', () => import('@anthropic-ai/sdk'))).Anthropic,
  isClient: isAnthropicClient,
  wireFormat(api) {
    expectOption('no api: there is one only', api, api === undefined);
    return anthropicMessages;
  },
};

/**
 * An agent that has a model of Anthropic's answer what it is sent.
 *
 * The reply is one message, there at once, with `draft` telling role, name and model; its tokens come as the model says them.
 * The whole message's `data` has `model` (the one asked for), `id`, `usage: { inputTokens, outputTokens }` and `finishReason`
 * (the API's own word). A failure is that of the message: the SDK's error if the API refuses or reports one,
 * {@link IncompleteReplyError} if the reply breaks off, {@link SetUpError} without SDK or key. Whatever cancels the message, or
 * an agent around it, closes the connection.
 *
 * @param parameters - options, and parameters of the API; all of them can be given at a call too, and win there. A parameter
 * that is given as `undefined` is left out; an option is then that with which the agent was made.
 *
 * @example
 * ```ts
 * const agent = createAnthropicAgent({ model: 'claude-sonnet-5-5', system: 'Be brief.' });
 * await agent.inquire('Why is the sky blue?', { max_tokens: 100 }).text();
 * ```
 *
 * @throws InvalidArgumentError for an option of the wrong kind.
 */
export function createAnthropicAgent(parameters: AnthropicAgentParameters = {}): MiniAgent<AnthropicAgentParameters> {
  return llmAgent(anthropic, parameters);
}
