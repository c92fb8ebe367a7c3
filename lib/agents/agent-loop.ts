import type { List } from 'immutable';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import type { Message } from '../messages/message.js';
import type { MiniAgent, MiniAgentDescription } from '../runtime/mini-agent.js';
import { miniagent } from '../runtime/miniagent.js';
import { expectUntil, judgeLoop } from './loop-judge.js';
import { AWAIT, isMark, nameOf, readSteps } from './steps.js';
import type { Step } from './steps.js';
import { stepsIn, walk } from './walk.js';

/** How a loop ends, and what is said of it. */
export interface LoopOptions extends MiniAgentDescription {
  /**
   * Called with what each `AWAIT` has waited for; the loop ends if it gives `true`. By default it ends when an agent has
   * nothing to say. It is not called with what the loop itself is asked.
   */
  readonly until?: ((messages: List<Message>) => boolean) | undefined;
}

/**
 * An agent that asks one agent after the other, each with what the one before replies, and the first one again with what the
 * last one replies. All that stands between two `AWAIT`s is asked at once, tokens passing through as they come.
 *
 * The loop ends at an {@link AWAIT}, and replies with what that has waited for:
 *
 * - when `until` says so; by default, when an agent replied with nothing;
 * - when there is an {@link EndOfLoop} among the messages, which itself is not passed on;
 * - when there is an error: it stands in the replies where it stood. So does a {@link LoopInterruptedError}.
 *
 * @param agents - agents, `AWAIT` (at least one of each) and {@link CLEAR}; `null` and `undefined` are left out.
 *
 * @example
 * ```ts
 * const refine = agentLoop([writer, critic, AWAIT], { until: (said) => said.last()?.text === 'Fine.' });
 * await refine.inquire('A line about rain, please.').resolve();
 * ```
 *
 * @throws InvalidArgumentError for something else among the agents, without an AWAIT, or without an agent.
 */
export function agentLoop(agents: Iterable<Step>, options: LoopOptions = {}): MiniAgent {
  const taken = readSteps(agents);
  if (!taken.includes(AWAIT) || taken.every(isMark))
    throw new InvalidArgumentError('an AWAIT and an agent in the loop, or its turns would be scheduled forever', taken);
  const { name = nameOf('agentLoop', taken), description = '' } = options;
  const until = expectUntil(options.until);
  return miniagent(
    name,
    (ctx) =>
      walk({
        steps: stepsIn(ctx, taken),
        messages: ctx.messages,
        endless: true,
        judge: (awaited, outcome) => {
          const end = { until: awaited === ctx.messages ? () => false : until, interruptible: false };
          return judgeLoop(end, awaited, outcome);
        },
      }),
    { description },
  );
}
