import type { OpenAI } from 'openai';
import { importPackage } from '../packages/import-package.js';
import type { InteractionContext } from '../runtime/interaction-context.js';
import type { MiniAgent } from '../runtime/mini-agent.js';
import { miniagent } from '../runtime/miniagent.js';
import { EmbeddingMessage } from './embedding-message.js';
import { environment } from './environment.js';
import { EnvironmentClient } from './environment-client.js';
import { expectNoClientOptions, expectOption } from './expect-option.js';
import { messageContent } from './message-content.js';
import { isOpenAIEmbeddingsClient, requestVectors } from './openai-embeddings.js';
import type { OpenAIEmbeddingsClient } from './openai-embeddings.js';
import type { Optional, Parameters } from './provider.js';
import { Reply } from './reply.js';

/** What an embeddings agent is told beside the parameters of the API. */
export interface OpenAIEmbeddingsOptions {
  /** The model. Default: the environment variable `OPENAI_EMBEDDINGS_MODEL`, or else `text-embedding-3-small`. */
  readonly model?: string | undefined;
  /** The client of the official SDK. Default: one that is made at first use, from the environment. */
  readonly client?: OpenAIEmbeddingsClient | undefined;
  /** Whether each message gets a vector of its own, and not all of them one together. Default `false`. */
  readonly batch?: boolean | undefined;
  /** Who the agent is, and says its replies are by. Default `openai-embeddings`. */
  readonly name?: string | undefined;
}

/** The options of an embeddings agent, and beside them whatever the API takes, under its own names: `dimensions`, `user` … */
export type OpenAIEmbeddingsParameters = OpenAIEmbeddingsOptions &
  Optional<Omit<OpenAI.EmbeddingCreateParams, 'model' | 'input'>> & { readonly [parameter: string]: unknown };

const openAI = {
  name: 'openai',
  sdk: 'openai',
  keyVariable: 'OPENAI_API_KEY',
  load: async (): Promise<new () => OpenAIEmbeddingsClient> =>
    (await importPackage('openai', () => import('openai'))).OpenAI,
};

/**
 * An agent that replies with the vector that a model of OpenAI's, or of any server that speaks its language, makes of what it
 * is sent: one {@link EmbeddingMessage} for all of it, the texts joined by blank lines; with `batch: true`, one for each
 * message, in their order, by one request. Sent nothing, it replies with nothing.
 *
 * The message's `text` is what was embedded; its `data` has `model` (the one asked for) and `usage: { inputTokens }`, which is
 * that of the whole request. A failure is the agent's: the SDK's error if the API refuses, {@link IncompleteReplyError} if the
 * answer is not what was asked for, {@link SetUpError} without SDK or key. Whatever cancels the agent closes the connection.
 *
 * @param parameters - options, and parameters of the API; all of them can be given at a call too, and win there.
 *
 * @example
 * ```ts
 * const embeddings = createOpenAIEmbeddingsAgent({ dimensions: 256 });
 * const [message] = await embeddings.inquire('Why is the sky blue?').resolve();
 * (message as EmbeddingMessage).vector.length; // 256
 * ```
 *
 * @throws InvalidArgumentError for an option of the wrong kind.
 */
export function createOpenAIEmbeddingsAgent(
  parameters: OpenAIEmbeddingsParameters = {},
): MiniAgent<OpenAIEmbeddingsParameters> {
  const environmentClient = new EnvironmentClient(openAI);
  const embed = (ctx: InteractionContext, given: OpenAIEmbeddingsParameters) => reply(ctx, given, environmentClient);
  return miniagent(read(parameters).name, embed, { params: parameters });
}

async function reply(
  ctx: InteractionContext,
  given: OpenAIEmbeddingsParameters,
  environmentClient: EnvironmentClient<OpenAIEmbeddingsClient>,
): Promise<readonly EmbeddingMessage[]> {
  const { name, batch, client, request } = read(given);
  const contents = (await ctx.messages.resolve()).map(messageContent).toArray();
  if (contents.length === 0) return [];
  const texts = batch ? contents : [contents.join('\n\n')];
  const told = new Reply();
  let vectors: readonly (readonly number[])[] = [];
  const ask = async (asked: OpenAIEmbeddingsClient) => {
    vectors = await requestVectors(asked, request, texts, told, ctx.signal);
  };
  await (client ? ask(client) : environmentClient.use(ask));
  const data = told.data(request.model);
  return vectors.map((vector, index) => new EmbeddingMessage({ name, text: texts[index], vector, data }));
}

/** @throws InvalidArgumentError for an option of the wrong kind, or for `input`, whose place the messages take. */
function read(given: OpenAIEmbeddingsParameters) {
  const { client, name = 'openai-embeddings', batch = false, model = defaultModel(), ...request } = given;
  expectOption('a string as name', name, typeof name === 'string');
  expectOption('a string, and not an empty one, as model', model, typeof model === 'string' && model !== '');
  expectOption('true or false as batch', batch, typeof batch === 'boolean');
  expectOption(
    'a client of the package openai as client',
    client,
    client === undefined || isOpenAIEmbeddingsClient(client),
  );
  expectNoClientOptions(request);
  expectOption('no input, which is made of what the agent is sent', request['input'], request['input'] === undefined);
  return { client, name, batch, request: { ...(request as Parameters), model } };
}

function defaultModel(): string {
  return environment('OPENAI_EMBEDDINGS_MODEL') ?? 'text-embedding-3-small';
}
