import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { inquireIn } from '../runtime/mini-agent.js';
import type { MiniAgent } from '../runtime/mini-agent.js';

/**
 * Among the agents of a chain or a loop: what comes after it is not asked before all that the agent before it replies is
 * whole. Everything else goes on at once, tokens and all.
 */
export const AWAIT: unique symbol = Symbol.for('miniagents.AWAIT');

/** Among the agents of a chain or a loop: the next agent is asked with nothing. */
export const CLEAR: unique symbol = Symbol.for('miniagents.CLEAR');

/** What a chain or a loop is made of. What is `null` or `undefined` is left out, so that an agent may be optional. */
export type Step = MiniAgent | typeof AWAIT | typeof CLEAR | null | undefined;

/** A step that is there. */
export type Taken = NonNullable<Step>;

/** @throws InvalidArgumentError, telling which step is none. */
export function readSteps(steps: Iterable<Step>): readonly Taken[] {
  if (typeof steps !== 'object' || steps === null || !(Symbol.iterator in steps))
    throw new InvalidArgumentError('an array of agents', steps);
  const given = [...steps];
  for (const [index, step] of given.entries()) {
    if (step === null || step === undefined || isMark(step) || isAgent(step)) continue;
    throw new InvalidArgumentError(`an agent, AWAIT or CLEAR as number ${index + 1} of the agents`, step);
  }
  return given.filter((step) => step !== null && step !== undefined);
}

export function isMark(step: unknown): step is typeof AWAIT | typeof CLEAR {
  return step === AWAIT || step === CLEAR;
}

/** The steps as they are named: `agentChain(one, AWAIT, other)`. */
export function nameOf(what: string, steps: readonly Taken[]): string {
  const names = steps.map((step) => (step === AWAIT ? 'AWAIT' : step === CLEAR ? 'CLEAR' : step.name));
  return `${what}(${names.join(', ')})`;
}

function isAgent(step: unknown): step is MiniAgent {
  return typeof step === 'function' && inquireIn in step;
}
