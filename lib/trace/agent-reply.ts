import { defineMessage } from '../messages/define-message.js';
import type { Message } from '../messages/message.js';
import { AgentCall } from './agent-call.js';

/** What came back of a call: a node of the trace, a message like others. It holds the call and the very messages replied. */
export const AgentReply = defineMessage('AgentReply', {
  call: new AgentCall(),
  /** What it replied, in order; an error, and a message that was cut short, as an ErrorMessage. */
  messages: [] as readonly Message[],
  /** How the agent ended: `finished`, `failed` (with an error of its own) or `cancelled`. */
  outcome: 'finished',
  /** The agent's own error, as text: `RangeError: boom`. */
  error: '',
});

/** A message of the class AgentReply. */
export type AgentReply = InstanceType<typeof AgentReply>;
