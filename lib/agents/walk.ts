import { delay, EMPTY, expand, filter, identity, map, of } from 'rxjs';
import type { Observable } from 'rxjs';
import type { InteractionContext } from '../runtime/interaction-context.js';
import type { MessageSequence } from '../streams/message-sequence.js';
import type { MessageType } from '../streams/message-type.js';
import { outcomeOf } from './outcome.js';
import type { Outcome } from './outcome.js';
import { AWAIT, CLEAR, isMark } from './steps.js';
import type { Taken } from './steps.js';

/** Asks an agent. */
export type Ask = (messages: MessageSequence | undefined) => MessageSequence;

/** How to walk from agent to agent. */
export interface Way {
  readonly steps: readonly (Ask | typeof AWAIT | typeof CLEAR)[];
  /** What the first agent is asked. */
  readonly messages: MessageSequence | undefined;
  /** Whether the first step comes after the last one. */
  readonly endless: boolean;
  /** Called with what an AWAIT has waited for, and what that came to. What it gives ends the walk. */
  judge(awaited: MessageSequence, outcome: Outcome): EndOfWalk | undefined;
}

/** The end of a walk, and what comes of it. */
export class EndOfWalk {
  constructor(readonly replies: MessageType) {}
}

/** Steps as they are walked in one interaction, which asks the agents among them. */
export function stepsIn(ctx: InteractionContext, taken: readonly Taken[]): Way['steps'] {
  return taken.map((step) => (isMark(step) ? step : (messages) => ctx.inquire(step, messages)));
}

/** After so many waits, whatever else is due comes first: agents that never wait would let nobody unsubscribe. */
const WAITS_AT_ONCE = 100;

/** Walks from agent to agent, waiting only where it is told to, and emits what comes of it. An unsubscribe stops the waiting. */
export function walk(way: Way): Observable<MessageType> {
  const walker = new Walker(way);
  return of(walker.advance()).pipe(
    expand((at, index) => {
      if (at instanceof EndOfWalk) return EMPTY;
      const outcome$ = outcomeOf(at).pipe((index + 1) % WAITS_AT_ONCE === 0 ? delay(0) : identity);
      return outcome$.pipe(map((outcome) => way.judge(at, outcome) ?? walker.advance()));
    }),
    filter((at) => at instanceof EndOfWalk),
    map(({ replies }) => replies),
  );
}

class Walker {
  #next = 0;
  #messages: MessageSequence | undefined;
  /** What the agent before replies: an AWAIT waits for it after a CLEAR, too. */
  #replies: MessageSequence | undefined;

  constructor(private readonly way: Way) {
    this.#messages = this.#replies = way.messages;
  }

  /** Asks one agent after the other. Gives what is to be waited for, or the end. */
  advance(): MessageSequence | EndOfWalk {
    const { steps, endless } = this.way;
    for (;;) {
      if (this.#next === steps.length && !endless) return new EndOfWalk(this.#messages);
      const step = steps[this.#next++ % steps.length];
      if (step === CLEAR) this.#messages = undefined;
      else if (step !== AWAIT) this.#messages = this.#replies = step?.(this.#messages);
      else if (this.#replies) return this.#replies;
    }
  }
}
