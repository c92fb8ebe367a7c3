import { isFailure } from '../scope/failure.js';
import type { MessagePromise } from '../streams/message-promise.js';
import type { Entry } from '../streams/message-type.js';
import type { Interaction } from '../runtime/events.js';
import { AgentCall } from './agent-call.js';
import { AgentReply } from './agent-reply.js';
import { entryAsMessage } from './entry-as-message.js';
import { wellFormed } from '../messages/freeze.js';
import { recordableFields } from '../messages/recordable.js';

/** How a call ended, and with what error of the agent's own. */
export interface Ending {
  readonly outcome: 'finished' | 'failed' | 'cancelled';
  readonly error: string;
}

/** What is known of a call while it runs. */
export class TracedCall {
  readonly #entries: { readonly received: Entry[]; readonly replied: Entry[] } = { received: [], replied: [] };

  constructor(
    private readonly interaction: Interaction,
    private readonly path: string,
    private readonly params: Readonly<Record<string, unknown>>,
  ) {}

  /** A message, or an error among messages, came. */
  add(type: 'received' | 'replied', entry: Entry): void {
    this.#entries[type].push(entry);
  }

  /** Runs a task when every message of the call is whole or cut short; at once, if they are. */
  whenSettled(task: () => void): void {
    const { received, replied } = this.#entries;
    const coming = [...received, ...replied].filter(
      (entry): entry is MessagePromise => !isFailure(entry) && !entry.settled(),
    );
    let left = coming.length;
    if (left === 0) task();
    for (const message of coming) message.whenSettled({ run: () => --left === 0 && task() }, false);
  }

  /** The two messages that the call is from now on. */
  nodes({ outcome, error }: Ending): [AgentCall, AgentReply] {
    const { id, parent = '' } = this.interaction;
    const [agent, path] = [wellFormed(this.interaction.agent), wellFormed(this.path)];
    const { received, replied } = this.#entries;
    const params = recordableFields(this.params);
    const messages = received.map(entryAsMessage);
    const call = new AgentCall({ agent, path, id, parent, params, messages });
    return [call, new AgentReply({ call, messages: replied.map(entryAsMessage), outcome, error: wellFormed(error) })];
  }
}
