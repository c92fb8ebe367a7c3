import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import { isPlain } from '../../messages/freeze.js';
import { expectAgent } from '../../runtime/mini-agent.js';
import type { MiniAgent } from '../../runtime/mini-agent.js';
import { readRuns } from './read-runs.js';
import { Recording } from './recording.js';
import { Redaction } from './redaction.js';
import type { RedactionRules } from './redaction.js';
import { RecordedAnswers } from './recorded-answers.js';
import { HurriedTime, TimersTime } from './replay-time.js';
import { replayingAgent } from './replaying-agent.js';
import type { Replaying } from './replaying-agent.js';
import type { UnrecordedQuestionError } from './unrecorded-question-error.js';

/** Agents by their names. */
export type AgentsByName = Readonly<Record<string, MiniAgent>>;

/** How a recording is replayed. */
export interface ReplayOptions {
  /** Whether everything takes the time that it took, real or virtual. `false`: all comes at once, in the order in which it came. Default `true`. */
  readonly delays?: boolean | undefined;
  /** What was kept out of the recording: the same rules as when it was made, so that what was redacted then is known again. */
  readonly redact?: RedactionRules | undefined;
  /**
   * Agents that answer what the recording does not have, each in the place of the one of that name. Whoever records the run
   * then has the old answers and the new. Their questions are awaited whole, so that it is known who answers.
   */
  readonly live?: AgentsByName | undefined;
}

/** What a replay gives. */
export interface Replayed<Name extends string> {
  readonly agents: Readonly<Record<Name, MiniAgent>>;
  /** The questions that came and are not in the recording; nobody may have heard of their errors. */
  readonly unrecorded: readonly UnrecordedQuestionError[];
}

/**
 * Agents that replay a recording, by the names that they had in it: who asks one of them what it was asked then (the same
 * messages; parameters that are given now must be the same, presets need not be) gets what came then, exactly: the same
 * messages with the same hashes, token by token, errors in their places, the same end, at the same times since the agent's start,
 * by RxJS's timers, in real or virtual time. Who asks the same several times gets the answers in turn. A run that was cancelled
 * falls silent where it was.
 *
 * A question that the recording does not have is an UnrecordedQuestionError at the agent's reader, which says which message
 * differs and how; with `live` it is asked there.
 *
 * @throws InvalidArgumentError if it is no Recording, an option is no such option, or, from whoever looks for it, for the name of
 * an agent that the recording does not have.
 *
 * @example
 * ```ts
 * const { model } = replay<'model'>(Recording.parse(await readFile('run.jsonl', 'utf8')));
 * await digest.inquire(pages, { model }).text();
 * ```
 */
export function replay<Live extends AgentsByName>(
  recording: Recording,
  options: ReplayOptions & { readonly live: Live },
): Readonly<Record<string, MiniAgent>> & Live;
export function replay<Name extends string = string>(
  recording: Recording,
  options?: ReplayOptions,
): Readonly<Record<Name, MiniAgent>>;
export function replay(recording: Recording, options: ReplayOptions = {}): AgentsByName {
  return startReplay(recording, options).agents;
}

/**
 * As {@link replay}; it also tells of the questions that the recording does not have.
 *
 * @param presets - agents with the presets that those had which were recorded.
 * @param isWhole - whether all that these were asked is going to be asked again: then, without delays, nothing comes before
 * what was asked before it. @internal
 */
export function startReplay(
  recording: Recording,
  options: ReplayOptions = {},
  presets: AgentsByName = options.live ?? {},
  isWhole = false,
): Replayed<string> {
  if (!(recording instanceof Recording)) throw new InvalidArgumentError('a Recording to replay', recording);
  const { delays = true, redact, live = {} } = options;
  if (typeof delays !== 'boolean') throw new InvalidArgumentError('a boolean as delays', delays);
  if (!isPlain(live)) throw new InvalidArgumentError('an object of agents as live', live);
  Object.values(live).forEach(expectAgent);
  const inquiries = isWhole ? inquiriesOf(recording.events, Object.keys(presets)) : [];
  const isEarly = (place: number) => (inquiries[replaying.asked] ?? Infinity) < place;
  const replaying: Replaying = {
    redaction: new Redaction(redact),
    time: delays ? new TimersTime() : new HurriedTime(isEarly),
    unrecorded: [],
    asked: 0,
  };
  const runs = readRuns(recording.events);
  const names = new Set([...runs.map(({ agent }) => agent), ...Object.keys({ ...live, ...presets })]);
  const agents = [...names].map((name) => {
    const own = runs.filter(({ agent }) => agent === name);
    const [other, preset] = [live, presets].map((all) => (Object.hasOwn(all, name) ? all[name] : undefined));
    return [name, replayingAgent({ name, preset, live: other }, new RecordedAnswers(name, own), replaying)] as const;
  });
  return { agents: named(Object.fromEntries(agents)), unrecorded: replaying.unrecorded };
}

/** Where in a recording agents were asked, in order; not what was asked inside of them, which nobody asks again. */
function inquiriesOf(events: Recording['events'], agents: readonly string[]): number[] {
  const inside = new Set<string>();
  return events.flatMap((event, place) => {
    if (event.type !== 'inquired') return [];
    const isInside = event.parent !== undefined && inside.has(event.parent);
    const isAgent = agents.includes(event.agent);
    if (isInside || isAgent) inside.add(event.run);
    return isAgent && !isInside ? [place] : [];
  });
}

/** Agents by their names, and an error for a name that none has. */
function named(agents: AgentsByName): AgentsByName {
  const get = (target: AgentsByName, name: string | symbol): unknown => {
    if (typeof name === 'symbol' || name in target || name === 'then' || name === 'toJSON')
      return Reflect.get(target, name);
    throw new InvalidArgumentError(`the name of a recorded agent (${Object.keys(target).join(', ')})`, name);
  };
  return new Proxy(agents, { get });
}
