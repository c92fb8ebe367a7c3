import type { List } from 'immutable';
import { map } from 'rxjs';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { Message } from '../messages/message.js';
import { isFailure } from '../scope/failure.js';
import type { MessageSequence } from '../streams/message-sequence.js';
import type { MessageType } from '../streams/message-type.js';
import { EndOfLoop, isInterruption } from './end-of-loop.js';
import { LoopInterruptedError } from './loop-interrupted-error.js';
import type { Outcome } from './outcome.js';
import { EndOfWalk } from './walk.js';

/** Says whether a loop ends with messages that an `AWAIT` has waited for. */
export type Until = (messages: List<Message>) => boolean;

/** When a loop ends, and how. */
export interface LoopEnd {
  readonly until: Until;
  /** Whether it ends quietly, with no replies, when it is interrupted. */
  readonly interruptible: boolean;
}

/** By default a loop ends when an agent has nothing to say. @throws InvalidArgumentError if `until` is no function. */
export function expectUntil(until: unknown = (messages: List<Message>) => messages.isEmpty()): Until {
  if (typeof until === 'function') return until as Until;
  throw new InvalidArgumentError('a function as until', until);
}

/** Whether, and with what, a loop ends at an `AWAIT`. */
export function judgeLoop(
  { until, interruptible }: LoopEnd,
  awaited: MessageSequence,
  { whole }: Outcome,
): EndOfWalk | undefined {
  const interrupted = isFailure(whole) ? whole.error instanceof LoopInterruptedError : whole.some(isInterruption);
  if (interrupted && interruptible) {
    if (isFailure(whole)) whole.consume();
    return new EndOfWalk(null);
  }
  if (isFailure(whole) || interrupted) return new EndOfWalk(awaited);
  if (whole.some(isEnd)) return new EndOfWalk(withoutEnds(awaited, whole));
  return until(whole) ? new EndOfWalk(awaited) : undefined;
}

function isEnd(message: Message): boolean {
  return message instanceof EndOfLoop;
}

/** What is left of messages when their loop keeps its signs to itself: of a sign, what it says beside that. */
function withoutEnds(awaited: MessageSequence, whole: List<Message>): MessageType {
  return awaited.pipe(
    map((message, index) => {
      const { text = '', role, name, data } = whole.get(index) ?? {};
      if (!isEnd(whole.get(index) as Message)) return message;
      return text === '' ? null : new Message({ text, role, name, data });
    }),
  );
}
