import type { List } from 'immutable';
import { brandErrors, MiniAgentsError } from '../errors/mini-agents-error.js';
import type { Message } from '../messages/message.js';
import { questionInWords } from './asked.js';

/** A scripted agent was asked what its script does not expect. */
export class UnexpectedInquiryError extends MiniAgentsError {
  declare readonly name: 'UnexpectedInquiryError';

  constructor(
    /** The agent's name. */
    readonly agent: string,
    /** Which of its calls it was, from 1 on. */
    readonly call: number,
    /** What it was asked. */
    readonly messages: List<Message>,
    /** What the script expects, in words. */
    readonly expected: string,
  ) {
    super(`agent ${agent} was asked ${questionInWords(messages)} (call ${call}), and ${expected}`);
  }

  static {
    brandErrors(this, 'UnexpectedInquiryError');
  }
}
