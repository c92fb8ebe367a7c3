import { List } from 'immutable';
import { Message, miniagent } from 'miniagents';
import type { InteractionContext, MessagePromise, MessageType, MiniAgent } from 'miniagents';
import { labelOf } from './grow.js';
import { boom, PartGrower } from './part-grower.js';
import type { Asking } from './part-grower.js';
import type { AskPart, Ending, ListPart, Part, Script, SourcePart, Step as ScriptStep, StreamPart } from './plan.js';

/** One value of an iterator, after some turns. */
interface Step<Value> {
  readonly after: number;
  value(): Value;
}

/** Lets some turns of the microtask queue pass. */
export async function ticks(count: number): Promise<void> {
  for (let left = count; left > 0; left--) await undefined;
}

/** Makes what a plan describes out of async functions, async generators, promises and web streams. */
export class AsyncGrower extends PartGrower {
  /** The sources that were begun and have neither ended nor been left. */
  readonly open = new Set<number>();

  protected text(id: number): MessageType {
    return id % 2 ? `t${id}` : Promise.resolve(`t${id}`);
  }

  protected message(id: number): MessageType {
    return new Message({ text: `t${id}` });
  }

  asking(part: AskPart, ctx?: InteractionContext): Asking {
    const { startSoon, errorsAsMessages } = part;
    const agent = this.#agent(part).fork({ startSoon, ...(errorsAsMessages && { errorsAsMessages }) });
    return { agent, messages: this.grow(part.asked, ctx) };
  }

  protected stream({ id, tokens, ends, after }: StreamPart): MessagePromise {
    const steps = tokens.map((count, index) => ({ after: count, value: () => `s${id}.${index} ` }));
    const iterator = this.#iterator(id, steps, { ends, after });
    return Message.stream(id % 3 === 0 ? webStream(iterator) : iterator, { name: `s${id}` });
  }

  protected list({ as, of }: ListPart, ctx?: InteractionContext): MessageType {
    const parts = of.map((part) => this.grow(part, ctx));
    if (as === 'List') return List(parts);
    return as === 'array' ? parts : Promise.resolve(parts);
  }

  protected source({ id, items, ends, after }: SourcePart, ctx?: InteractionContext): MessageType {
    // An async generator awaits a promise that it yields, and would fail with it.
    const steps = items.map((item) => ({ after: item.after, value: () => [this.grow(item.part, ctx)] }));
    const iterator = this.#iterator(id, steps, { ends, after });
    return (id % 3 === 0 ? webStream(iterator) : iterator) as MessageType;
  }

  /** An async iterator that is open from the first value that it is asked for until it ends, or is left. */
  #iterator<Value>(
    id: number,
    steps: readonly Step<Value>[],
    end: { ends: Ending; after: number },
  ): AsyncIterableIterator<Value> {
    const values = valuesOf(steps, end, boom(id));
    const closed = <Result>(result: Result): Result => {
      this.open.delete(id);
      return result;
    };
    const iterator: AsyncIterableIterator<Value> = {
      next: () => {
        this.open.add(id);
        return values.next().then(
          (result) => (result.done ? closed(result) : result),
          (error) => Promise.reject(closed(error as Error)),
        );
      },
      return: () => {
        // A generator answers when what it waits for has come, or never.
        void values.return(undefined);
        return Promise.resolve(closed({ done: true, value: undefined }));
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  #agent({ id, agent }: AskPart): MiniAgent {
    if (agent.does === 'retell') return miniagent(`a${id}`, retell);
    const { as } = agent;
    if (as === 'generator') return miniagent(`a${id}`, (ctx) => this.#generated(id, agent, ctx));
    if (as === 'observable') return miniagent(`a${id}`, (ctx) => this.#waitedFor(id, agent, ctx));
    const inTurn = (ctx: InteractionContext) => this.#inTurn(id, agent, ctx);
    if (as === 'function') return miniagent(`a${id}`, inTurn);
    class Scripted {
      constructor(private readonly ctx: InteractionContext) {}
      async run(): Promise<MessageType> {
        return inTurn(this.ctx);
      }
    }
    return miniagent(`a${id}`, Scripted);
  }

  async *#generated(
    id: number,
    { steps, ends }: Script<Part>,
    ctx: InteractionContext,
  ): AsyncGenerator<MessageType, MessageType> {
    for (const step of steps) {
      await ticks(step.after);
      yield [this.#step(step, ctx)];
    }
    if (ends === 'fails') throw boom(id);
    if (ends === 'never') await new Promise(() => {});
    return null;
  }

  async #inTurn(id: number, { steps, ends }: Script<Part>, ctx: InteractionContext): Promise<MessageType> {
    for (const step of steps.slice(0, -1)) {
      await ticks(step.after);
      ctx.reply(this.#step(step, ctx));
    }
    const last = steps.slice(-1).map((step) => this.#step(step, ctx));
    if (ends === 'done') return last;
    ctx.reply(last);
    if (ends === 'fails') throw boom(id);
    return new Promise<null>(() => {});
  }

  /** An agent whose function ends at once, and who replies in what it waits for. */
  #waitedFor(id: number, { steps, ends }: Script<Part>, ctx: InteractionContext): void {
    const work = async () => {
      for (const step of steps) {
        await ticks(step.after);
        ctx.reply(this.#step(step, ctx));
      }
    };
    ctx.waitFor(work());
    if (ends === 'fails') throw boom(id);
  }

  #step({ how, part }: ScriptStep<Part>, ctx: InteractionContext): MessageType {
    if (how === 'finishEarly') return void ctx.finishEarly();
    const grown = this.grow(part, ctx);
    if (how === 'outOfOrder') ctx.replyOutOfOrder(grown);
    return how === 'aside' || how === 'outOfOrder' ? undefined : grown;
  }
}

/** Each message anew, while its tokens come. */
async function* retell(ctx: InteractionContext): AsyncGenerator<MessagePromise, void> {
  for await (const message of ctx.messages) yield Message.stream(marked(message), { name: `${labelOf(message)}^` });
}

async function* marked(message: MessagePromise): AsyncGenerator<string, void> {
  for await (const token of message) yield `${token}^`;
}

async function* valuesOf<Value>(
  steps: readonly Step<Value>[],
  { ends, after }: { ends: Ending; after: number },
  error: Error,
): AsyncGenerator<Value, undefined> {
  for (const step of steps) {
    await ticks(step.after);
    yield step.value();
  }
  await ticks(after);
  if (ends === 'fails') throw error;
  if (ends === 'never') await new Promise(() => {});
  return undefined;
}

/** A web stream out of an async iterator, which is begun when somebody reads and left when the stream is cancelled. */
function webStream<Value>(iterator: AsyncIterableIterator<Value>): ReadableStream<Value> {
  const source: UnderlyingDefaultSource<Value> = {
    async pull(controller) {
      const { done, value } = (await iterator.next()) as IteratorResult<Value, undefined>;
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => void (await iterator.return?.()),
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}
