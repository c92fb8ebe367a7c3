import type { Subscriber } from 'rxjs';
import { Message, type MessageFields } from '../messages/message.js';
import type { InteractionContext } from '../runtime/interaction-context.js';
import type { MiniAgent } from '../runtime/mini-agent.js';
import { miniagent } from '../runtime/miniagent.js';
import type { MessagePromise } from '../streams/message-promise.js';
import '../streams/message-stream.js';
import { EnvironmentClient } from './environment-client.js';
import { Exchange } from './exchange.js';
import type { Parameters, Provider } from './provider.js';
import { readInquiry } from './question.js';
import type { Inquiry } from './question.js';
import { Reply } from './reply.js';
import { replyTokens } from './reply-tokens.js';

/**
 * An agent that has a model answer. It replies one message, which is there at once; its tokens come when the model says them.
 *
 * @param given - the options and parameters of the agent; those of a call win.
 * @throws InvalidArgumentError as {@link readInquiry} does.
 */
export function llmAgent<Client extends object, Own extends object>(
  provider: Provider<Client>,
  given: Own,
): MiniAgent<Own> {
  const { name } = readInquiry(provider, given as Parameters).question;
  const environmentClient = new EnvironmentClient(provider);
  const answer = (ctx: InteractionContext, params: Own) => {
    const inquiry = readInquiry(provider, params as Parameters, { ...given, name: ctx.agent.name });
    return reply(provider, environmentClient, ctx, inquiry);
  };
  return miniagent(name, answer, { params: given });
}

function reply<Client extends object>(
  provider: Provider<Client>,
  environmentClient: EnvironmentClient<Client>,
  ctx: InteractionContext,
  { question, wireFormat, client }: Inquiry<Client>,
): MessagePromise {
  const { name, model } = question;
  const told = new Reply();
  const converse = async (to: Subscriber<string>, signal: AbortSignal) => {
    const messages = await ctx.messages.resolveMessages();
    const exchange = new Exchange(provider, wireFormat, question, told, to);
    if (client) await exchange.run(client, messages, signal);
    else await environmentClient.use((own) => exchange.run(own, messages, signal));
  };
  const fields = { role: 'assistant', name, data: { model } };
  return Message.stream(replyTokens(told, converse), fields, atTheEnd(told, model));
}

/** The fields that are known at the end. Made apart, so that the message does not keep what it was asked for alive. */
function atTheEnd(told: Reply, model: string): () => MessageFields {
  return () => ({ data: told.data(model) });
}
