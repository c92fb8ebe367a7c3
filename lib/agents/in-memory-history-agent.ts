import { List } from 'immutable';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { isMessage } from '../messages/brand.js';
import type { Message } from '../messages/message.js';
import type { InteractionContext } from '../runtime/interaction-context.js';
import type { MiniAgent, MiniAgentDescription } from '../runtime/mini-agent.js';
import { miniagent } from '../runtime/miniagent.js';
import { isFailure } from '../scope/failure.js';
import type { MessageSequence } from '../streams/message-sequence.js';
import type { MessageType } from '../streams/message-type.js';
import { isSignOfEnd } from './end-of-loop.js';

/** What every history agent takes at a call. */
export interface HistoryParameters {
  /** Whether it replies with all that it remembers, and not only with what it is sent. Default `false`. */
  readonly full?: boolean | undefined;
}

/**
 * An agent that passes on what it is sent, token by token, and remembers it: in a list of its own, which its forks share and
 * which lasts as long as the agent. With `{ full: true }` it replies with all that it remembers, and after that with what it
 * is sent.
 *
 * It remembers messages when all that it was sent at one call are whole: one that fails or is cancelled before is not
 * remembered, and those beside it are. Errors stand in its replies where they stood. Asked with nothing it only recalls.
 *
 * @example
 * ```ts
 * const history = inMemoryHistoryAgent();
 * await history.inquire(['My name is Ada.', 'Hello Ada.']).resolve();
 * await history.inquire('What is my name?', { full: true }).text(); // all three
 * ```
 *
 * @throws InvalidArgumentError, as its failure, if `full` is no boolean.
 */
export function inMemoryHistoryAgent(described: MiniAgentDescription = {}): MiniAgent<HistoryParameters> {
  const { name = 'inMemoryHistoryAgent', description = '' } = described;
  let remembered = List<Message>();
  const recall = ({ messages }: InteractionContext, { full = false }: HistoryParameters): MessageType => {
    if (typeof full !== 'boolean') throw new InvalidArgumentError('true or false as full', full);
    const replies = full ? [remembered, messages] : messages;
    messages.whenDone(() => (remembered = remembered.concat(toRemember(messages))));
    return replies;
  };
  return miniagent(name, recall, { description });
}

/** The messages that are whole, of a sequence that is over. */
function toRemember({ log }: MessageSequence): Message[] {
  const settled = log.entries.map((entry) => (isFailure(entry) ? entry : entry.settled()));
  return settled.filter((each): each is Message => isMessage(each) && !isSignOfEnd(each));
}
