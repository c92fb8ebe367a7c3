import type { List } from 'immutable';
import { brandErrors, MiniAgentsError } from '../errors/mini-agents-error.js';
import type { Message } from '../messages/message.js';
import { questionInWords } from './asked.js';

/** A script has steps that were never asked for. */
export class UnusedStepsError extends MiniAgentsError {
  declare readonly name: 'UnusedStepsError';

  constructor(
    /** The agent's name. */
    readonly agent: string,
    /** The steps that are left, in words. */
    readonly steps: readonly string[],
    /** What the agent was asked, call by call. */
    readonly calls: readonly List<Message>[],
  ) {
    const asked = calls.map((messages, index) => `call ${index + 1} was ${questionInWords(messages)}`);
    const many = steps.length === 1 ? 'a step that was not used' : `${steps.length} steps that were not used`;
    super(`the script of agent ${agent} has ${many}: ${steps.join('; ')}. ${asked.join('; ') || 'It was never asked'}`);
  }

  static {
    brandErrors(this, 'UnusedStepsError');
  }
}
