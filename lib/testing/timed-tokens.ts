import { concatMap, EMPTY, from, ignoreElements, NEVER, of, throwError, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import type { MessageFields } from '../messages/message.js';
import { checkColdDiagram, happeningsOf, standsFor } from './diagram.js';
import type { Letters } from './diagram.js';

/** A token; how many milliseconds to wait (`Infinity`: nothing comes any more, and no end); or an error that cuts it off. */
export type TimedToken = string | number | Error;

/** A message that comes token by token, with RxJS's timers: in real time, or in virtual time where that runs. */
export interface TimedTokens {
  /**
   * The tokens, as a marble diagram (`-H-i|`, each character a millisecond; one without an end stalls) or as a list:
   * `[300, 'Hel', 20, 'lo']`.
   */
  readonly tokens: string | readonly TimedToken[];
  /** What the letters of a diagram stand for; those that are not named stand for themselves. */
  readonly values?: Letters<string> | undefined;
  /** What `#` in a diagram stands for. Default an Error, `cut off`. */
  readonly error?: unknown;
  /** What is known of the message before its text. */
  readonly fields?: Omit<MessageFields, 'text'> | undefined;
}

/** What comes, in turn: a token, a wait, or the error that it ends with. */
type Step = string | number | { readonly error: unknown };

/** Makes the Observable of the tokens; each subscription has a time of its own. @throws InvalidArgumentError */
export function timedTokens({ tokens, values = {}, error = new Error('cut off') }: TimedTokens): Observable<string> {
  const steps = typeof tokens === 'string' ? stepsOf(tokens, values, error) : [...listed(tokens)];
  return from(steps).pipe(concatMap(perform));
}

function perform(step: Step): Observable<string> {
  if (typeof step === 'string') return of(step);
  if (typeof step === 'object') return throwError(() => step.error);
  if (step === Infinity) return NEVER;
  return step > 0 ? timer(step).pipe(ignoreElements()) : EMPTY;
}

function stepsOf(diagram: string, values: Letters<string>, error: unknown): Step[] {
  let now = 0;
  checkColdDiagram(diagram);
  const happenings = happeningsOf(diagram, error);
  const steps = happenings.flatMap(({ frame, kind, value }): Step[] => {
    const wait = frame - now;
    now = frame;
    if (kind === 'C') return [wait];
    return [wait, kind === 'N' ? tokenOf(value as string, values) : { error: value }];
  });
  return happenings.at(-1)?.kind === 'N' || happenings.length === 0 ? [...steps, Infinity] : steps;
}

function tokenOf(letter: string, values: Letters<string>): string {
  const token: unknown = standsFor(letter, values);
  if (typeof token === 'string') return token;
  throw new InvalidArgumentError(`a token, which is text, as what \`${letter}\` stands for`, token);
}

function* listed(tokens: readonly TimedToken[]): Generator<Step> {
  if (!Array.isArray(tokens)) throw new InvalidArgumentError('tokens as a marble diagram or as a list', tokens);
  for (const token of tokens as readonly TimedToken[]) {
    if (token instanceof Error) yield { error: token };
    else if (typeof token === 'string' || (typeof token === 'number' && token >= 0)) yield token;
    else throw new InvalidArgumentError('a token, a wait in milliseconds or an Error in a list of tokens', token);
  }
}
