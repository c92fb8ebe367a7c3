import { InvalidArgumentError } from '../errors/invalid-argument-error.js';

/** What `inquire` and `fork` take beside the agent's own parameters, under names that no parameter can have. */
export interface InquiryOptions {
  /** Cancels the inquiry when it is aborted; one that is aborted already starts nothing. */
  readonly signal?: AbortSignal | undefined;
  /** Whether the agent starts without waiting for somebody to look at its replies. By default as the MiniAgents has it: `true`. */
  readonly startSoon?: boolean | undefined;
  /** Whether errors are messages at their places in the replies. By default as the MiniAgents has it: `false`. */
  readonly errorsAsMessages?: boolean | undefined;
}

/** An agent's own parameters: what it makes of them is its own business; they are handed on as they are. */
export type Params = Readonly<Record<string, unknown>>;

/**
 * Tells the options from the agent's own parameters.
 *
 * @throws InvalidArgumentError if an option's name is used for something else.
 */
export function readOptions(given: Params): { readonly options: InquiryOptions; readonly params: Params } {
  const { signal, startSoon, errorsAsMessages, ...params } = given;
  expectOption(
    'signal',
    'an AbortSignal',
    signal,
    (value) => typeof value === 'object' && value !== null && 'addEventListener' in value,
  );
  expectOption('startSoon', 'a boolean', startSoon, (value) => typeof value === 'boolean');
  expectOption('errorsAsMessages', 'a boolean', errorsAsMessages, (value) => typeof value === 'boolean');
  return { options: { signal, startSoon, errorsAsMessages } as InquiryOptions, params: Object.freeze(params) };
}

function expectOption(name: string, expected: string, value: unknown, fits: (value: unknown) => boolean): void {
  if (value === undefined || fits(value)) return;
  throw new InvalidArgumentError(
    `${expected} as ${name}, which is an option of inquire and no parameter of the agent`,
    value,
  );
}
