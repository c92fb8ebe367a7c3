import { filter } from 'rxjs';
import type { InteractionContext } from '../runtime/interaction-context.js';
import { expectAgent } from '../runtime/mini-agent.js';
import type { MiniAgent, MiniAgentDescription } from '../runtime/mini-agent.js';
import { miniagent } from '../runtime/miniagent.js';
import { isFailure } from '../scope/failure.js';
import type { MessageSequence } from '../streams/message-sequence.js';
import type { Entry, MessageType } from '../streams/message-type.js';
import { isSignOfEnd } from './end-of-loop.js';
import { entriesOf } from './entries.js';
import { inMemoryHistoryAgent, type HistoryParameters } from './in-memory-history-agent.js';

/** What a user agent is made of. */
export interface UserAgentOptions extends MiniAgentDescription {
  /** Shows the user what the user agent is sent, and passes it on. Absent by default: nothing is shown. */
  readonly output?: MiniAgent | null | undefined;
  /** Passes on what it is sent, and after that what the user says. Absent by default: the user says nothing. */
  readonly input?: MiniAgent | null | undefined;
  /**
   * Remembers what it is sent and, called with `full: true`, replies with all that it remembers. By default an
   * {@link inMemoryHistoryAgent} of this user agent's own; `null`: nothing is remembered, and the replies are those of `input`.
   */
  readonly history?: MiniAgent<HistoryParameters> | null | undefined;
}

/**
 * An agent that stands for the user in a conversation: what it is sent goes through `output`, `input` and `history` in turn,
 * each a plain agent that gets what the one before replies, as it comes. With a history, it replies with the conversation so
 * far, which is what a model is to be asked; an {@link EndOfLoop} that is said passes by the history, and comes last.
 *
 * @example
 * ```ts
 * const user = userAgent({ output: show, input: ask });
 * await dialogLoop({ user, assistant }).inquire().resolve();
 * ```
 *
 * @throws InvalidArgumentError if a part is no agent.
 */
export function userAgent(options: UserAgentOptions = {}): MiniAgent {
  const { output, input, history = inMemoryHistoryAgent(), name = 'userAgent', description = '' } = options;
  const parts = [output, input].filter((part) => part !== null && part !== undefined).map(expectAgent);
  const full = history === null ? undefined : expectAgent(history).fork({ full: true });
  return miniagent(
    name,
    (ctx) => {
      const said = parts.reduce((messages, part) => ctx.inquire(part, messages), ctx.messages);
      return full ? remember(ctx, said, full) : said;
    },
    { description },
  );
}

function remember(ctx: InteractionContext, said: MessageSequence, history: MiniAgent<HistoryParameters>): MessageType {
  const isEnd = ([entry]: readonly [Entry]) => !isFailure(entry) && isSignOfEnd(entry.draft);
  const conversation$ = entriesOf(said).pipe(filter((entry) => !isEnd(entry)));
  const ends$ = entriesOf(said).pipe(filter(isEnd));
  return [ctx.inquire(history, conversation$), ends$];
}
