/// <reference lib="esnext.disposable" preserve="true" />
import type { List } from 'immutable';
import { map } from 'rxjs';
import type { Message } from '../messages/message.js';
import type { MiniAgent, MiniAgentDescription } from '../runtime/mini-agent.js';
import { miniagent } from '../runtime/miniagent.js';
import { Script } from './script.js';
import type { ScriptStep } from './script-step.js';
import { checkAtTheEnd } from './spec-now.js';
import { throwAll } from './throw-all.js';

/** The settings of a {@link scriptedAgent}. */
export interface ScriptedAgentOptions extends MiniAgentDescription {
  /** Whether a question is answered by the first step that fits and is left, and not by the next one. Default `false`. */
  readonly inAnyOrder?: boolean | undefined;
}

/** An agent that replies as a script says; see {@link scriptedAgent}. */
export interface ScriptedAgent extends MiniAgent<Record<string, unknown>> {
  /** What it was asked so far, call by call. */
  readonly calls: readonly List<Message>[];
  /**
   * To be called where the script must have been played to its end; in `marbles` and `asyncMarbles` that is done.
   *
   * @throws UnusedStepsError if a step was not used; UnexpectedInquiryError if it was asked what the script does not expect, even
   * where that error was caught by whoever asked. Of several, an AggregateError.
   */
  expectDone(): void;
  /** The same as {@link ScriptedAgent.expectDone}, for `using`. */
  [Symbol.dispose](): void;
}

/**
 * Makes an agent that replies as a script says: in the place of a language model, say. Calls take its steps in turn, in the
 * order in which they start, or `inAnyOrder` by what is asked. It replies when its question is whole, as models do.
 *
 * What the script does not expect fails with an UnexpectedInquiryError, for whoever asked. Steps that are never used fail the
 * spec: at the end of `marbles` and `asyncMarbles` if it was made in there, and by `expectDone()` elsewhere. Forks of it play the
 * same script.
 *
 * @throws InvalidArgumentError for what is no script, naming what is wrong.
 *
 * @example
 * ```ts
 * const model = scriptedAgent([
 *   'Hello!',
 *   { asked: /weather/, tokens: [300, 'Sun', 20, 'ny'], fields: { role: 'assistant' } },
 *   { asked: 'And then?', reply: new Error('429') },
 * ]);
 * await model.inquire('Good morning').text(); // 'Hello!'
 * ```
 */
export function scriptedAgent(
  script: readonly ScriptStep[],
  { inAnyOrder = false, name = 'scripted', description = '' }: ScriptedAgentOptions = {},
): ScriptedAgent {
  const played = new Script(name, script, inAnyOrder);
  checkAtTheEnd(played);
  const agent = miniagent(
    name,
    (ctx, params) => {
      const call = played.begin();
      return ctx.messages.whole$.pipe(map((messages) => played.reply(call, messages, params)));
    },
    { description },
  );
  const expectDone = () => throwAll(played.check());
  return Object.defineProperties(agent, {
    calls: { get: () => played.calls },
    expectDone: { value: expectDone },
    [Symbol.dispose]: { value: expectDone },
  }) as ScriptedAgent;
}
