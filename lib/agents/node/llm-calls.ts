import { Observable } from 'rxjs';
import type { Interaction, MiniAgentsEvent } from '../../runtime/events.js';
import type { MessagePromise } from '../../streams/message-promise.js';

/** A call of a language model: what an agent was asked, and the model's reply as it comes. */
export interface LLMCall {
  /** The run of the agent that has the model answer. */
  readonly interaction: Interaction;
  /** The agent, and those that it was asked by: `poet <- boss`. */
  readonly path: string;
  /** The model that was asked. */
  readonly model: string;
  /** What the agent was told beside the messages, as far as the events tell. */
  readonly params: Readonly<Record<string, unknown>>;
  /** What the agent was asked. It may still grow until the reply begins. */
  readonly prompt: readonly MessagePromise[];
  readonly reply: MessagePromise;
}

/** What is known of a run. */
interface Known {
  readonly path: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly prompt: MessagePromise[];
}

/**
 * The calls of language models among what happens, each when the model's reply is there, before its first token. Begins and ends
 * with the events; to look at a call consumes no error of it.
 *
 * A reply is a model's if it is an assistant's message on its way, whose data tells the `model`: so it is with the agents of
 * `miniagents/openai` and `miniagents/anthropic`. Who passes it on makes no second call of it.
 *
 * @example
 * ```ts
 * llmCalls(miniAgents.events$).subscribe(({ prompt, reply }) => myLogger.inquire([prompt, reply]));
 * ```
 */
export function llmCalls(events$: Observable<MiniAgentsEvent>): Observable<LLMCall> {
  return new Observable((subscriber) => {
    const runs = new Map<string, Known>();
    const seen = new WeakSet<MessagePromise>();
    return events$.subscribe({
      next: (event) => {
        const { interaction } = event;
        const known = runs.get(interaction.id) ?? begin(event, runs);
        if (event.type === 'finished' || event.type === 'failed' || event.type === 'cancelled')
          runs.delete(interaction.id);
        if (event.type !== 'received' && event.type !== 'replied') return;
        const { message } = event;
        if (event.type === 'received') known.prompt.push(message);
        const model = seen.has(message) || event.type === 'received' ? undefined : modelOf(message);
        seen.add(message);
        if (model !== undefined) subscriber.next({ interaction, ...known, model, reply: message });
      },
      error: (error: unknown) => subscriber.error(error),
      complete: () => subscriber.complete(),
    });
  });
}

function begin(event: MiniAgentsEvent, runs: Map<string, Known>): Known {
  const { id, parent, agent } = event.interaction;
  const outer = parent === undefined ? undefined : runs.get(parent);
  const { params = {} } = event as { readonly params?: Known['params'] };
  const known = { path: outer ? `${agent} <- ${outer.path}` : agent, params, prompt: [] };
  runs.set(id, known);
  return known;
}

function modelOf(reply: MessagePromise): string | undefined {
  const { role, data } = reply.draft;
  const { model } = data;
  return role === 'assistant' && typeof model === 'string' && reply.settled() === undefined ? model : undefined;
}
