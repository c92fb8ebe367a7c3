import { brandErrors, MiniAgentsError } from '../../errors/mini-agents-error.js';

const HOW =
  'To have it answered: replay(recording, { live: { … } }), or in a test with recorded(…) MINIAGENTS_RECORD=missing npm test';

/**
 * An agent that replays a recording was asked what the recording does not have: `difference` says which message (or parameter)
 * differs from the question that is nearest, and how. `replay(recording, { live })` has what is missing answered.
 */
export class UnrecordedQuestionError extends MiniAgentsError {
  declare readonly name: 'UnrecordedQuestionError';

  constructor(
    /** The agent's name. */
    readonly agent: string,
    /** The id of the recorded run whose question is nearest, if there is any of this agent. */
    readonly nearest: string | undefined,
    what: string,
    /** The lines that differ: `-` recorded, `+` asked. */
    readonly difference: string,
  ) {
    super(
      `agent ${agent} was asked what the recording does not have: ${what}${difference && `\n\n${difference}`}\n\n${HOW}`,
    );
  }

  static {
    brandErrors(this, 'UnrecordedQuestionError');
  }
}
