import { brandErrors, MiniAgentsError } from '../errors/mini-agents-error.js';

/**
 * An agent was given no `client`, and one could not be made from the environment: the SDK is not installed, or there is no
 * key. It is the failure of the message that was asked for; `cause` is what the import, or the SDK, said.
 *
 * @example
 * ```ts
 * await createOpenAIAgent().inquire('Hello').text(); // SetUpError: … set OPENAI_API_KEY, or give the agent a `client` …
 * ```
 */
export class SetUpError extends MiniAgentsError {
  override readonly name = 'SetUpError';

  constructor(
    /** Whose API it is: `openai` or `anthropic`. */
    readonly provider: string,
    /** What is missing: the name of the package, or of the environment variable. */
    readonly missing: string,
    help: string,
    cause: unknown,
  ) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`no client for ${provider}: ${help}, or give the agent a \`client\` (${why})`, { cause });
  }

  static {
    brandErrors(this, 'SetUpError');
  }
}
