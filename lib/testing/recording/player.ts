import type { Subscriber, Unsubscribable } from 'rxjs';
import { runIn } from '#ambient';
import { LifecycleError } from '../../errors/lifecycle-error.js';
import { Message } from '../../messages/message.js';
import type { Owned, Scope } from '../../scope/scope.js';
import { MessagePromise } from '../../streams/message-promise.js';
import type { MessageType } from '../../streams/message-type.js';
import type { Heard } from './heard.js';
import { ownErrorStep } from './own-error.js';
import { errorFrom } from './recorded-error.js';
import type { RecordedRun, Step } from './recorded-run.js';
import { ReplayedMessage } from './replayed-message.js';
import type { ReplayTime } from './replay-time.js';

type Said = Extract<Step, { type: 'replied'; message: string }>;

/** Where a run is replayed. */
export interface Stage {
  /** The run that it is replayed in. */
  readonly scope: Scope;
  readonly replies: Subscriber<MessageType>;
  readonly heard: Heard;
  readonly time: ReplayTime;
  /** When the run began, which is before it is known which recorded one it is. */
  readonly began: number;
  /** Ends the replies, while the run goes on. */
  finishEarly(): void;
}

/** The longest wait of a platform's timer, in milliseconds: one that is told to wait longer does not wait at all. */
const LONGEST_WAIT = 2 ** 31 - 1;

const HEARD: readonly Step['type'][] = ['arrived', 'whole', 'receivedAll'];

/**
 * Replays a run: one step after the other, each at its time, and none before what had been heard before it was heard again. Where
 * that comes later than it did, all that follows does. A run that was cancelled falls silent where it was.
 */
export class Player implements Owned {
  readonly #messages = new Map<string, ReplayedMessage | MessagePromise>();
  /** Where the run says each of its messages: some have begun before. */
  readonly #said = new Map<string, Said>();
  readonly #ownError: number;
  #next = 0;
  /** The milliseconds since it began. A clock can be put back; this cannot, and a timer that has come due has waited as long as it should. */
  #since = 0;
  /** The last step that had been heard when it was known which run this is. Of those before nobody knows when they were. */
  readonly #heardBefore: number;
  #late = 0;
  #busy = false;
  #over = false;
  #timer: Unsubscribable | undefined;
  /** The step that it waits for, and the one whose turn it is. */
  #waitsFor = -1;
  #turn = -1;

  constructor(
    readonly run: RecordedRun,
    private readonly stage: Stage,
  ) {
    this.#ownError = ownErrorStep(run);
    for (const step of run.steps) if (step.type === 'replied' && 'message' in step) this.#said.set(step.message, step);
    const unheard = run.steps.findIndex((step) => this.#isUnheard(step));
    const heard = run.steps.slice(0, unheard < 0 ? undefined : unheard);
    this.#heardBefore = heard.map(({ type }) => HEARD.includes(type)).lastIndexOf(true);
    stage.scope.own(this);
  }

  /** Goes on as far as it can now. */
  advance(): void {
    if (this.#busy || this.#over) return;
    this.#busy = true;
    try {
      runIn(this.stage.scope, () => this.#perform(), undefined);
    } catch (error) {
      this.fail(error);
    }
    this.#busy = false;
  }

  /** Ends it with an error: that of the agent, and of the messages that it owes. */
  fail(error: unknown): void {
    this.stage.replies.error(error);
    for (const message of this.#messages.values()) if (message instanceof ReplayedMessage) message.break(error);
    this.cancel();
  }

  cancel(): void {
    this.#over = true;
    this.#timer?.unsubscribe();
    this.stage.heard.close();
    this.stage.scope.release(this);
  }

  #perform(): void {
    const { run, stage } = this;
    for (let step = run.steps[this.#next]; step && !this.#over; step = run.steps[++this.#next]) {
      if (this.#isUnheard(step)) return;
      this.#since = Math.max(this.#since, stage.time.now() - stage.began);
      const wait = step.at + this.#late - this.#since;
      if (this.#next < this.#heardBefore && HEARD.includes(step.type)) continue;
      if (HEARD.includes(step.type)) this.#late = Math.max(this.#late, this.#since - step.at);
      else if (wait > 0 || this.#isApart()) return this.#waitFor(Math.max(0, wait));
      else this.#take(step);
    }
    if (this.#over || run.steps.at(-1)?.type === 'cancelled') return;
    throw new LifecycleError(`the recording was stopped before run ${run.id} of agent ${run.agent} was over`);
  }

  /** Whether something else came between a step and the one before it, and has not had its turn. */
  #isApart(): boolean {
    const { places } = this.run;
    const [before = -1, place = 0] = [places[this.#next - 1], places[this.#next]];
    return place > before + 1 && this.#turn !== this.#next;
  }

  #waitFor(ms: number): void {
    if (this.#waitsFor === this.#next) return;
    this.#waitsFor = this.#next;
    const wait = Math.min(ms, LONGEST_WAIT);
    const until = this.#since + wait;
    this.#timer = this.stage.time.wait(wait, this.run.places[this.#next] ?? 0, () => {
      this.#waitsFor = -1;
      this.#turn = this.#next;
      this.#since = Math.max(this.#since, until);
      this.advance();
    });
  }

  /** Whether what was heard then has not been heard yet. */
  #isUnheard(step: Step): boolean {
    const { heard } = this.stage;
    if (step.type === 'arrived' || step.type === 'forwarded') return heard.entries.length <= step.index;
    if (step.type === 'whole') return !heard.isWhole(step.index);
    return step.type === 'receivedAll' && !heard.all;
  }

  #take(step: Step): void {
    const { replies, heard } = this.stage;
    if (this.#next === this.#ownError) return replies.error(this.#error());
    if (step.type === 'forwarded') replies.next(heard.entries[step.index] as MessagePromise);
    else if (step.type === 'replied') replies.next('error' in step ? errorFrom(step.error) : this.#promiseOf(step));
    else if (step.type === 'repliedAll') this.#endReplies();
    else if (step.type === 'finished' || step.type === 'failed') {
      if (step.type === 'finished') replies.complete();
      else replies.error(this.#error());
      this.cancel();
    } else if ('message' in step) this.#takeOfMessage(step);
  }

  #takeOfMessage(step: Extract<Step, { type: 'token' | 'resolved' | 'broken' }>): void {
    const said = this.#said.get(step.message);
    const message = said && this.#messageOf(said);
    if (!(message instanceof ReplayedMessage)) return;
    if (step.type === 'token') message.token(step.token);
    else if (step.type === 'resolved') message.resolve(Message.fromJSON(step.value));
    else message.break(errorFrom(step.error));
  }

  #promiseOf(said: Said): MessagePromise {
    const message = this.#messageOf(said);
    return message instanceof ReplayedMessage ? message.promise : message;
  }

  #messageOf({ message: id, draft, there }: Said): ReplayedMessage | MessagePromise {
    let message = this.#messages.get(id);
    if (message) return message;
    message = draft
      ? new ReplayedMessage(Message.fromJSON(draft), this.stage.scope)
      : MessagePromise.of(Message.fromJSON(there ?? {}));
    this.#messages.set(id, message);
    return message;
  }

  /** An agent that fails when its replies have ended goes on until then. */
  #endReplies(): void {
    if (this.#ownError >= 0) return;
    if (this.run.steps.at(-1)?.type === 'failed') this.stage.finishEarly();
    else this.stage.replies.complete();
  }

  #error(): Error {
    const end = this.run.steps.at(-1);
    return end?.type === 'failed' ? errorFrom(end.error) : new Error('a run that did not fail');
  }
}
