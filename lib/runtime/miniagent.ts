import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { ownerNow } from '../scope/owner.js';
import type { Scope } from '../scope/scope.js';
import type { MessageSequence } from '../streams/message-sequence.js';
import type { MessageType } from '../streams/message-type.js';
import { coldRun } from './cold-run.js';
import { expectObject } from './expect-object.js';
import { readOptions } from './inquiry-options.js';
import type { Params } from './inquiry-options.js';
import { InteractionContext } from './interaction-context.js';
import { bodyOf, inquireIn } from './mini-agent.js';
import type { InquiryParams, MiniAgent, MiniAgentDescription } from './mini-agent.js';
import { Run } from './run.js';
import type { Runnable } from './run.js';

/**
 * What an agent does: it may call `ctx.reply(…)`, return a {@link MessageType}, a Promise or an Observable of it, or be a
 * generator, sync or async, that yields it (what a generator returns is its last reply).
 */
export type AgentFunction<Own extends object> = (ctx: InteractionContext, params: Own) => MessageType;

/** An agent as a class: a new instance for each run, whose `run()` does what an {@link AgentFunction} does. */
export type AgentClass<Own extends object> = new (ctx: InteractionContext, params: Own) => { run(): MessageType };

/** How an agent is made: what is said of it, and parameters and options that its calls win over. */
export interface MiniAgentOptions<Own extends object> extends MiniAgentDescription {
  readonly params?: InquiryParams<Own> | undefined;
}

// The overload that the compiler's errors are about is the last one.
/** Makes an agent of a function or a class that has a name: as by `miniagent(name, what)`. */
export function miniagent<Own extends object = Record<string, unknown>>(
  what: AgentFunction<Own> | AgentClass<Own>,
  options?: MiniAgentOptions<Own>,
): MiniAgent<Own>;
/**
 * Makes an agent of a function or a class.
 *
 * @param name - who it is in events, errors and paths. Left out, it is the name of the function or class.
 *
 * @example
 * ```ts
 * const shout = miniagent('shout', (ctx, { mark = '!' }: { mark?: string }) =>
 *   ctx.messages.pipe(concatMap((message) => message.whole$), map((message) => message.text.toUpperCase() + mark)),
 * );
 * await shout.inquire('hello', { mark: '?' }).text(); // 'HELLO?'
 * ```
 *
 * @throws InvalidArgumentError if what it does is no function, or its name or an option is none.
 */
export function miniagent<Own extends object = Record<string, unknown>>(
  name: string,
  what: AgentFunction<Own> | AgentClass<Own>,
  options?: MiniAgentOptions<Own>,
): MiniAgent<Own>;
export function miniagent(...given: unknown[]): MiniAgent {
  const named = typeof given[0] === 'string';
  const [what, options = {}] = (named ? given.slice(1) : given) as [unknown, MiniAgentOptions<object>?];
  if (typeof what !== 'function')
    throw new InvalidArgumentError('a function or a class that the agent is made of', what);
  expectObject('options', options);
  const name = options.name ?? (named ? (given[0] as string) : what.name || 'agent');
  return makeAgent(
    what as AgentFunction<object>,
    { name, description: options.description ?? '' },
    { ...options.params },
  );
}

function makeAgent(
  what: AgentFunction<object> | AgentClass<object>,
  described: Required<MiniAgentDescription>,
  preset: Params,
): MiniAgent {
  const { name } = described;
  if (typeof name !== 'string') throw new InvalidArgumentError('a text as the name of an agent', name);
  const asClass = isClass(what);
  const act = (ctx: InteractionContext, params: Params) => perform(asClass, what, ctx, params);
  const body = (run: Run) => act(new InteractionContext(run, agent), run.agent.params);
  const plain = { name, body, ...readOptions(preset) };
  const asked = (params?: object): Runnable => {
    if (params === undefined) return plain;
    expectObject('parameters', params);
    return { name, body, ...readOptions({ ...preset, ...params }) };
  };
  const inquireInside = (parent: Scope, messages?: MessageType, params?: object): MessageSequence => {
    const run = new Run(asked(params), messages, parent);
    if (run.agent.options.startSoon ?? run.miniAgents.startSoon) run.begin();
    return run.replies;
  };
  const agent = ((messages: MessageType) => coldRun(asked(), messages)) as unknown as MiniAgent;
  const members = {
    ...described,
    inquire: (messages?: MessageType, params?: object) => inquireInside(ownerNow(), messages, params),
    fork: (params: object, other: MiniAgentDescription = {}) => {
      expectObject('parameters', params);
      expectObject('what is said of the agent', other);
      return makeAgent(
        what,
        { name: other.name ?? name, description: other.description ?? described.description },
        { ...preset, ...params },
      );
    },
    [inquireIn]: inquireInside,
    [bodyOf]: { preset, perform: act },
    toString: () => `agent ${name}`,
  };
  for (const key of Reflect.ownKeys(members))
    Object.defineProperty(agent, key, { value: members[key as keyof typeof members] });
  return agent;
}

function perform(
  asClass: boolean,
  what: AgentFunction<object> | AgentClass<object>,
  ctx: InteractionContext,
  params: object,
): unknown {
  if (!asClass) return (what as AgentFunction<object>)(ctx, params);
  what = what as AgentClass<object>;
  const instance = new what(ctx, params);
  if (typeof (instance as Partial<typeof instance>).run === 'function') return instance.run();
  throw new InvalidArgumentError(`a class with a method run() for agent ${ctx.agent.name}`, what);
}

function isClass(what: AgentFunction<object> | AgentClass<object>): what is AgentClass<object> {
  const prototype = what.prototype as { run?: unknown } | undefined;
  return typeof prototype?.run === 'function' || String(what).startsWith('class');
}
