import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { isFailure } from '../scope/failure.js';
import type { MiniAgent, MiniAgentDescription } from '../runtime/mini-agent.js';
import { miniagent } from '../runtime/miniagent.js';
import { CLEAR, isMark, nameOf, readSteps } from './steps.js';
import type { Step } from './steps.js';
import { EndOfWalk, stepsIn, walk } from './walk.js';

/**
 * An agent that asks one agent after the other, each with what the one before replies, and replies with what the last one
 * replies. All of them are asked at once, and tokens pass through all of them as they come, except where {@link AWAIT} stands.
 *
 * Where what an AWAIT waits for fails, nobody else is asked: the chain replies with that, the error at its place. A chain of no
 * agents replies with what it is asked; one that ends with {@link CLEAR}, with nothing.
 *
 * @param agents - agents, `AWAIT` and {@link CLEAR}; `null` and `undefined` are left out.
 *
 * @example
 * ```ts
 * const answer = agentChain([research, AWAIT, write, careful ? proofread : null]);
 * await answer.inquire('Why is the sky blue?').text();
 * ```
 *
 * @throws InvalidArgumentError for something else among the agents, or if there is nothing but `CLEAR`.
 */
export function agentChain(agents: Iterable<Step>, described: MiniAgentDescription = {}): MiniAgent {
  const taken = readSteps(agents);
  if (taken.includes(CLEAR) && taken.every(isMark))
    throw new InvalidArgumentError('at least one agent beside CLEAR', taken);
  const { name = nameOf('agentChain', taken), description = '' } = described;
  return miniagent(
    name,
    (ctx) =>
      walk({
        steps: stepsIn(ctx, taken),
        messages: ctx.messages,
        endless: false,
        judge: (awaited, { whole }) => (isFailure(whole) ? new EndOfWalk(awaited) : undefined),
      }),
    { description },
  );
}
