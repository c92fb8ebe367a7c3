import { describeError } from '../errors/describe-error.js';
import { brandErrors, MiniAgentsError } from '../errors/mini-agents-error.js';

/**
 * A reply of a model broke off: the connection was cut, the stream ended without its end marker, or what came was not to be
 * understood. It is the failure of the message; its readers get the tokens before it. Asking again may well help.
 *
 * `cause` is what happened, where something did: `TypeError: terminated` for a connection that was cut.
 *
 * @example
 * ```ts
 * try {
 *   await reply.resolve();
 * } catch (error) {
 *   if (error instanceof IncompleteReplyError) console.log(`${error.model} got as far as: ${error.text}`);
 * }
 * ```
 */
export class IncompleteReplyError extends MiniAgentsError {
  override readonly name = 'IncompleteReplyError';

  constructor(
    /** Whose API it was: `openai` or `anthropic`. */
    readonly provider: string,
    /** The model that was asked. */
    readonly model: string,
    /** The text up to there. */
    readonly text: string,
    cause?: unknown,
  ) {
    const why = cause === undefined ? 'the stream ended without its end marker' : describeError(cause);
    super(
      `the reply of ${model} (${provider}) broke off after ${text.length} characters: ${why}`,
      cause === undefined ? {} : { cause },
    );
  }

  static {
    brandErrors(this, 'IncompleteReplyError');
  }
}
