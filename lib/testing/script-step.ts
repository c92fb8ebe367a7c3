import type { List } from 'immutable';
import type { Observable } from 'rxjs';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { isMessage } from '../messages/brand.js';
import { isPlain } from '../messages/freeze.js';
import { Message } from '../messages/message.js';
import '../streams/message-stream.js';
import type { MessageType } from '../streams/message-type.js';
import { askedInWords, checkAsked } from './asked.js';
import type { Asked } from './asked.js';
import { timedTokens } from './timed-tokens.js';
import type { TimedTokens } from './timed-tokens.js';

/** Makes a reply when it is asked for, out of the question and the parameters of the call. */
export type MakeReply = (messages: List<Message>, params: Readonly<Record<string, unknown>>) => MessageType;

/** A reply and when it is given: with `reply`, what may be sent or a function that makes it; or with `tokens`, one in time. */
export type ScriptedReply = {
  /** What must be asked for it. By default anything. */
  readonly asked?: Asked | undefined;
  /** How often it is given. Default once; `Infinity`: whenever it is asked for, or never. */
  readonly times?: number | undefined;
} & ({ readonly reply: MessageType | MakeReply } | TimedTokens);

/** One step of a script: a reply to whatever is asked, or a {@link ScriptedReply}. An object with one of its fields is the latter. */
export type ScriptStep = MessageType | MakeReply | ScriptedReply;

/** What there may be beside `tokens`. */
const OF_TOKENS = ['values', 'error', 'fields'];

/** A step, as a script keeps it. */
export class Step {
  used = 0;
  readonly #make: MakeReply;
  readonly asked: Asked | undefined;
  readonly times: number;

  /** @param number - its place in the script, from 1 on. */
  constructor(
    readonly number: number,
    step: ScriptStep,
  ) {
    const { asked, times = 1, ...reply } = isScripted(step) ? step : { reply: step };
    const known = ['asked', 'times', 'reply', 'tokens', ...('tokens' in reply ? OF_TOKENS : [])];
    const other = isScripted(step) && Object.keys(step).find((name) => !known.includes(name));
    if (other) throw new InvalidArgumentError(`only ${known.join(', ')} in step ${number} of a script`, other);
    if (!('reply' in reply || 'tokens' in reply))
      throw new InvalidArgumentError(`reply or tokens in step ${number} of a script`, step);
    if (!(times === Infinity || (Number.isInteger(times) && times > 0)))
      throw new InvalidArgumentError(`how often step ${number} of a script replies, 1 or more, as times`, times);
    if (asked !== undefined) checkAsked(asked);
    this.asked = asked;
    this.times = times;
    this.#make = makeReply(reply);
  }

  get isLeft(): boolean {
    return this.used < this.times;
  }

  /** Whether a script must not end before it. */
  get isMissing(): boolean {
    return this.isLeft && this.times !== Infinity;
  }

  reply(...given: Parameters<MakeReply>): MessageType {
    return this.#make(...given);
  }

  toString(): string {
    const often = this.times > 1 && this.times < Infinity ? ` (${this.used} of ${this.times} times)` : '';
    return `step ${this.number} expects ${this.asked === undefined ? 'anything' : askedInWords(this.asked)}${often}`;
  }
}

function isScripted(step: ScriptStep): step is ScriptedReply {
  return isPlain(step) && !isMessage(step) && ['asked', 'times', 'reply', 'tokens'].some((name) => name in step);
}

function makeReply(given: { reply: ScriptStep } | TimedTokens): MakeReply {
  if ('tokens' in given) {
    if ('reply' in given) throw new InvalidArgumentError('either reply or tokens in a step of a script', given);
    const tokens$: Observable<string> = timedTokens(given);
    return () => Message.stream(tokens$, given.fields ?? {});
  }
  const { reply } = given;
  return typeof reply === 'function' ? reply : () => reply as MessageType;
}
