import { defineMessage } from '../messages/define-message.js';
import type { Message } from '../messages/message.js';

const none: Readonly<Record<string, unknown>> = {};

/**
 * Who inquired whom with what: a node of the trace, a message like others. It holds the very messages that were received, so
 * that it refers to them by their keys.
 */
export const AgentCall = defineMessage('AgentCall', {
  /** The agent's name. */
  agent: '',
  /** The agent and those it was called by, in turn: `leaf <- top`. */
  path: '',
  /** The call's place in the tree of inquiries: `2.1` is the first inquiry inside the second one. */
  id: '',
  /** The id of the call that it was made in; empty outside of any. */
  parent: '',
  /** The parameters that the agent got, those of its forks included; of what cannot be in a message, what it was. */
  params: none,
  /** What it received, in order; an error, and a message that was cut short, as an ErrorMessage. */
  messages: [] as readonly Message[],
});

/** A message of the class AgentCall. */
export type AgentCall = InstanceType<typeof AgentCall>;
