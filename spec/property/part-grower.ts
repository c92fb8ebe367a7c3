import { MessageSequence } from 'miniagents';
import type { InteractionContext, MessageType, MiniAgent } from 'miniagents';
import type { AskPart, ListPart, Part, SourcePart, StreamPart } from './plan.js';

/** What goes wrong at a part, one object each time it is asked for. */
export const boom = (id: number): RangeError => new RangeError(`boom${id}`);

/** What is asked of the agent of a part. */
export type Asking = { readonly agent: MiniAgent; readonly messages: MessageType };

/** Makes what a plan describes, part by part. What they are made out of, its heirs know. */
export abstract class PartGrower {
  /** The replies of each inquiry that was made. */
  readonly replies = new Map<number, MessageSequence>();

  /** @param ctx - of the agent in whose script the part stands. */
  grow(part: Part, ctx?: InteractionContext): MessageType {
    const { id } = part;
    if (part.is === 'text') return this.text(id);
    if (part.is === 'message') return this.message(id);
    if (part.is === 'error') return boom(id);
    if (part.is === 'junk') return id as never;
    if (part.is === 'asked') return ctx?.messages;
    if (part.is === 'stream') return this.stream(part);
    if (part.is === 'list') return this.list(part, ctx);
    if (part.is === 'source') return this.source(part, ctx);
    if (part.is === 'sequence') return MessageSequence.from(this.grow(part.of, ctx));
    return part.is === 'ask' ? this.#ask(part, ctx) : undefined;
  }

  /** The agent of a part and what it is asked, for whoever asks it. */
  abstract asking(part: AskPart, ctx?: InteractionContext): Asking;

  protected abstract text(id: number): MessageType;
  protected abstract message(id: number): MessageType;
  protected abstract stream(part: StreamPart): MessageType;
  protected abstract list(part: ListPart, ctx?: InteractionContext): MessageType;
  protected abstract source(part: SourcePart, ctx?: InteractionContext): MessageType;

  #ask(part: AskPart, ctx?: InteractionContext): MessageType {
    const { agent, messages } = this.asking(part, ctx);
    if (part.how === 'cold') return agent(messages);
    const replies = part.how === 'ctx' && ctx ? ctx.inquire(agent, messages) : agent.inquire(messages);
    this.replies.set(part.id, replies);
    return part.view ? replies.errorsAsMessages() : replies;
  }
}
