import { List } from 'immutable';
import { Message, miniagent } from 'miniagents';
import type { InteractionContext, MessagePromise, MessageType, MiniAgent } from 'miniagents';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { boom, PartGrower } from './part-grower.js';
import type { Asking } from './part-grower.js';
import { returned } from './plan.js';
import type { AskPart, ListPart, Part, Script, SourcePart, Step, StreamPart } from './plan.js';
import type { Probes } from './probes.js';

/** What a message is known by, before it is whole. */
export const labelOf = ({ draft }: MessagePromise): string => draft.name ?? draft.text;

/** Makes what a plan describes: real agents, streams and sources, whose sources are probes. */
export class Grower extends PartGrower {
  /** Each stream of tokens as it was made. */
  readonly streams = new Map<string, MessagePromise>();

  /** Puts another agent in the place of each one that is made. */
  standIn = (agent: MiniAgent): MiniAgent => agent;

  constructor(private readonly probes: Probes) {
    super();
  }

  protected text(id: number): MessageType {
    return `t${id}`;
  }

  protected message(id: number): MessageType {
    return id % 2 ? new Message({ text: `t${id}`, role: 'user' }) : { text: `t${id}` };
  }

  asking(part: AskPart, ctx?: InteractionContext): Asking {
    const { startSoon, errorsAsMessages } = part;
    const agent = this.standIn(this.#agent(part)).fork({
      ...(!startSoon && { startSoon }),
      ...(errorsAsMessages && { errorsAsMessages }),
    });
    return { agent, messages: this.grow(part.asked, ctx) };
  }

  protected stream({ id, tokens, ends, after }: StreamPart): MessagePromise {
    const steps = tokens.map((frames, index) => ({ after: frames, value: () => `s${id}.${index} ` }));
    const source = this.probes.source(id, { steps, ends, after, error: boom(id) });
    const stream = Message.stream(source, { name: `s${id}` });
    this.streams.set(`s${id}`, stream);
    return stream;
  }

  protected list({ as, of }: ListPart, ctx?: InteractionContext): MessageType {
    const parts = of.map((part) => this.grow(part, ctx));
    if (as === 'List') return List(parts);
    // A Set would drop the second of two equal parts: what is equal is wrapped.
    if (as === 'Set') return new Set(parts.map((part) => [part]));
    return as === 'array' ? parts : parts[Symbol.iterator]();
  }

  protected source({ id, items, ends, after }: SourcePart, ctx?: InteractionContext): Observable<MessageType> {
    const steps = items.map((item) => ({ after: item.after, value: () => this.grow(item.part, ctx) }));
    return this.probes.source(id, { steps, ends, after, error: boom(id) });
  }

  #agent({ id, agent }: AskPart): MiniAgent {
    if (agent.does === 'retell') return miniagent(`a${id}`, (ctx) => ctx.messages.pipe(map(retold)));
    const { as } = agent;
    if (as === 'observable') return miniagent(`a${id}`, (ctx) => this.#timed(id, agent, ctx));
    if (as === 'generator') return miniagent(`a${id}`, (ctx) => this.#generated(id, agent, ctx));
    const atOnce = (ctx: InteractionContext) => this.#atOnce(id, agent, ctx);
    if (as === 'function') return miniagent(`a${id}`, atOnce);
    class Scripted {
      constructor(private readonly ctx: InteractionContext) {}
      run(): MessageType {
        return atOnce(this.ctx);
      }
    }
    return miniagent(`a${id}`, Scripted);
  }

  #timed(id: number, { steps, ends, after }: Script<Part>, ctx: InteractionContext): Observable<MessageType> {
    const doing = steps.map((step) => ({ after: step.after, value: () => this.#step(step, ctx) }));
    return this.probes.source(id, { steps: doing, ends, after, error: boom(id) });
  }

  *#generated(id: number, { steps, ends }: Script<Part>, ctx: InteractionContext): Generator<MessageType, MessageType> {
    for (const step of ends === 'fails' ? steps : steps.slice(0, -1)) yield this.#step(step, ctx);
    if (ends === 'fails') throw boom(id);
    return steps.slice(-1).map((step) => this.#step(step, ctx));
  }

  #atOnce(id: number, { steps, ends }: Script<Part>, ctx: InteractionContext): MessageType {
    const last = returned(steps, ends);
    for (const step of last ? steps.slice(0, -1) : steps) ctx.reply(this.#step(step, ctx));
    if (ends === 'fails') throw boom(id);
    return last && this.grow(last, ctx);
  }

  /** Does what a step says; gives what it has to say. */
  #step({ how, part }: Step<Part>, ctx: InteractionContext): MessageType {
    if (how === 'finishEarly') return void ctx.finishEarly();
    const grown = this.grow(part, ctx);
    if (how === 'say') return grown;
    if (how === 'reply') ctx.reply(grown);
    if (how === 'outOfOrder') ctx.replyOutOfOrder(grown);
    return undefined;
  }
}

/** A message anew, each token in the frame in which it comes. */
function retold(message: MessagePromise): MessagePromise {
  return Message.stream(message.pipe(map((token) => `${token}^`)), { name: `${labelOf(message)}^` });
}
