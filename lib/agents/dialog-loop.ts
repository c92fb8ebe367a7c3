import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import type { InteractionContext } from '../runtime/interaction-context.js';
import { expectAgent } from '../runtime/mini-agent.js';
import type { MiniAgent } from '../runtime/mini-agent.js';
import { miniagent } from '../runtime/miniagent.js';
import type { LoopOptions } from './agent-loop.js';
import { expectUntil, judgeLoop } from './loop-judge.js';
import { AWAIT } from './steps.js';
import { walk } from './walk.js';
import type { Ask } from './walk.js';

/** Who talks with whom, and how the dialog ends. */
export interface DialogOptions extends LoopOptions {
  /** Asked with what the assistant said, with nothing at first; replies with what the assistant is to be asked. */
  readonly user: MiniAgent;
  /** Asked with what the user replies and, after or before that, the prompt. */
  readonly assistant: MiniAgent;
  /** Whether the prompt comes before what the user replies, and not after it. Default `false`. */
  readonly promptFirst?: boolean | undefined;
}

/**
 * An agent that has a user and an assistant talk in turns. What it is asked itself is the prompt: the assistant gets it anew
 * in each turn, the user never. What the assistant says goes to the user as it comes; the assistant is asked when all that the
 * user replies is whole. The conversation is the user's to remember: see {@link userAgent}.
 *
 * It ends after a turn of the user's, and replies with what the user replied: when `until` says so (by default: when that is
 * nothing), at an {@link EndOfLoop}, or with an error, at its place. A {@link LoopInterruptedError} ends it quietly: there are
 * no replies.
 *
 * @example
 * ```ts
 * const dialog = dialogLoop({ user: userAgent({ output, input }), assistant: createOpenAIAgent() });
 * await dialog.inquire({ role: 'system', text: 'Correct the grammar of what the user says.' }).resolve();
 * ```
 *
 * @throws InvalidArgumentError if one of the two is no agent, or an option of the wrong kind.
 */
export function dialogLoop(options: DialogOptions): MiniAgent {
  const { promptFirst = false, description = '' } = options;
  const [user, assistant] = [expectAgent(options.user), expectAgent(options.assistant)];
  const end = { until: expectUntil(options.until), interruptible: true };
  if (typeof promptFirst !== 'boolean') throw new InvalidArgumentError('true or false as promptFirst', promptFirst);
  const talk = (ctx: InteractionContext) => {
    const asked = (messages: Parameters<Ask>[0]) => (promptFirst ? [ctx.messages, messages] : [messages, ctx.messages]);
    return walk({
      steps: [(messages) => ctx.inquire(user, messages), AWAIT, (messages) => ctx.inquire(assistant, asked(messages))],
      messages: undefined,
      endless: true,
      judge: (awaited, outcome) => judgeLoop(end, awaited, outcome),
    });
  };
  const { name = `dialogLoop(${user.name}, ${assistant.name})` } = options;
  return miniagent(name, talk, { description });
}
