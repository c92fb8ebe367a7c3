import type { List } from 'immutable';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import type { Message } from '../messages/message.js';
import type { MessageType } from '../streams/message-type.js';
import { isAsked } from './asked.js';
import type { Checked } from './expectation.js';
import { Step } from './script-step.js';
import type { ScriptStep } from './script-step.js';
import { UnexpectedInquiryError } from './unexpected-inquiry-error.js';
import { UnusedStepsError } from './unused-steps-error.js';

/** A call of a scripted agent; in turn, it has its step from the beginning. */
export interface Call {
  readonly number: number;
  readonly step: Step | undefined;
}

/** What an agent replies, and what becomes of it: which steps are used, and which calls had none. */
export class Script implements Checked {
  readonly #steps: readonly Step[];
  readonly #calls: List<Message>[] = [];
  readonly #unexpected: UnexpectedInquiryError[] = [];
  #begun = 0;

  /** @throws InvalidArgumentError for what is no script. */
  constructor(
    private readonly agent: string,
    steps: readonly ScriptStep[],
    private readonly inAnyOrder: boolean,
  ) {
    if (!Array.isArray(steps)) throw new InvalidArgumentError('a script, which is an array of steps', steps);
    this.#steps = steps.map((step: ScriptStep, index) => new Step(index + 1, step));
  }

  /** What the agent was asked so far, in the order in which the questions were whole. */
  get calls(): readonly List<Message>[] {
    return [...this.#calls];
  }

  /** The agent was called: in turn, that takes a step. */
  begin(): Call {
    const step = this.inAnyOrder ? undefined : this.#left[0];
    if (step) step.used++;
    return { number: ++this.#begun, step };
  }

  /** What is replied to a question. @throws UnexpectedInquiryError */
  reply(call: Call, messages: List<Message>, params: Readonly<Record<string, unknown>>): MessageType {
    this.#calls.push(messages);
    const fits = ({ asked }: Step) => asked === undefined || isAsked(asked, messages, params);
    if (call.step)
      return fits(call.step) ? call.step.reply(messages, params) : this.#refuse(call, messages, String(call.step));
    const step = this.inAnyOrder ? this.#left.find(fits) : undefined;
    if (!step) return this.#refuse(call, messages, this.#whatIsLeft);
    step.used++;
    return step.reply(messages, params);
  }

  /** What was not as the script has it: calls that it does not expect, and steps that were not asked for. */
  check(): readonly Error[] {
    const unused = this.#steps.filter(({ isMissing }) => isMissing).map(String);
    return [...this.#unexpected, ...(unused.length > 0 ? [new UnusedStepsError(this.agent, unused, this.#calls)] : [])];
  }

  get #left(): readonly Step[] {
    return this.#steps.filter(({ isLeft }) => isLeft);
  }

  get #whatIsLeft(): string {
    if (this.#left.length > 0) return `none of what is left fits: ${this.#left.join('; ')}`;
    const count = this.#steps.length;
    return count === 0
      ? 'its script is empty'
      : `its script has run out after ${count} ${count > 1 ? 'steps' : 'step'}`;
  }

  #refuse(call: Call, messages: List<Message>, expected: string): never {
    const error = new UnexpectedInquiryError(this.agent, call.number, messages, expected);
    this.#unexpected.push(error);
    throw error;
  }
}
