import { defineMessage } from '../messages/define-message.js';
import type { Message } from '../messages/message.js';
import { ErrorMessage } from '../streams/error-message.js';

/**
 * A message that ends the loop in which it is said: `agentLoop` and `dialogLoop` end at the `AWAIT` that finds one. It is a
 * sign, and no part of the conversation: history agents do not remember it, and the innermost loop keeps it to itself.
 *
 * @example
 * ```ts
 * const user = miniagent('user', async (ctx) => {
 *   const line = await readLine();
 *   return [ctx.messages, line === 'bye' ? new EndOfLoop() : line];
 * });
 * ```
 */
export const EndOfLoop = defineMessage('EndOfLoop', {});

/** Whether a message is the sign that a loop was interrupted, where errors are messages. */
export function isInterruption(message: Message): boolean {
  return message instanceof ErrorMessage && message.error.startsWith('LoopInterruptedError: ');
}

/** Whether a message only says that a loop is to end. */
export function isSignOfEnd(message: Message): boolean {
  return message instanceof EndOfLoop || isInterruption(message);
}
