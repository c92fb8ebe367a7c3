import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import { LifecycleError } from '../../errors/lifecycle-error.js';
import { isPlain } from '../../messages/freeze.js';
import { expectAgent } from '../../runtime/mini-agent.js';
import type { MiniAgent } from '../../runtime/mini-agent.js';
import { MiniAgents } from '../../runtime/mini-agents.js';
import type { MiniAgentsOptions, Result } from '../../runtime/mini-agents.js';
import { printUnhandledError } from '../../scope/owner.js';
import { difference } from '../recording/difference.js';
import { outline } from '../recording/outline.js';
import { record } from '../recording/record.js';
import type { Recording } from '../recording/recording.js';
import type { RedactionRules } from '../recording/redaction.js';
import { startReplay } from '../recording/replay.js';
import type { AgentsByName } from '../recording/replay.js';
import { MissingRecordingError } from './missing-recording-error.js';
import { expectPath, readRecording } from './read-recording.js';
import { RecordingMismatchError } from './recording-mismatch-error.js';
import { writeRecording } from './write-recording.js';

/** How {@link recorded} runs. */
export interface RecordedOptions {
  /** What is kept out of the file, as in `record`. */
  readonly redact?: RedactionRules | undefined;
  /** The settings of the MiniAgents that it runs in. */
  readonly miniAgents?: MiniAgentsOptions | undefined;
}

/** What is run, with the agents that are live or replayed. */
type Work<Live, Given> = (agents: Live) => Given | PromiseLike<Given>;

/**
 * A run as a regression test, in one line. Where there is no file, the run is made with the live agents, and what happens in it
 * is written there. Where there is one, the run is made with agents that replay it, without delay and in the same order, and
 * whatever is not as it was is an error that shows the difference: a message, its tokens' bounds, a parameter, who asked whom.
 * Times do not count.
 *
 * `MINIAGENTS_RECORD=all` records anew, `MINIAGENTS_RECORD=missing` asks the live agents only what was not asked before. With
 * `CI` set a missing file is an error.
 *
 * @param path - the file.
 * @param live - the agents that are recorded and replayed, by the names that they have in the recording.
 * @param work - the run, in a MiniAgents of its own; what it gives is given back.
 * @throws RecordingMismatchError; UnrecordedQuestionError if a question is another one; MissingRecordingError; RecordingError if the
 * file is no recording; LifecycleError if another run is being recorded for that file; what the run throws, of which then nothing is recorded.
 *
 * @example
 * ```ts
 * const text = await recorded('spec/recordings/digest.jsonl', { model: createOpenAIAgent() }, ({ model }) =>
 *   digest.inquire(pages, { model }).text(),
 * );
 * ```
 */
export async function recorded<Live extends AgentsByName, Given>(
  path: string,
  live: Live,
  work: Work<Live, Given>,
  options: RecordedOptions = {},
): Promise<Result<Given>> {
  expectPath(path);
  if (!isPlain(live)) throw new InvalidArgumentError('an object of agents that are recorded', live);
  if (typeof work !== 'function') throw new InvalidArgumentError('a function that is given the agents', work);
  const named = Object.entries<MiniAgent>(live).map(([name, agent]) => [name, expectAgent(agent).fork({}, { name })]);
  const agents = Object.fromEntries(named) as Live;
  const mode = modeNow();
  const before = mode === 'all' ? undefined : await recordingIn(path, mode);
  if (before && mode === '') return replayAndCompare({ path, before, mode }, agents, work, options);
  return writingAlone(path, async () => {
    if (before) return replayAndCompare({ path, before, mode }, agents, work, options);
    const { recording, result } = await run(work, agents, options);
    await writeRecording(path, recording);
    return result;
  });
}

/** Files that something is recorded for. */
const beingRecorded = new Set<string>();

/** @throws LifecycleError if something else is being recorded for that file: of two runs, one would be lost. */
async function writingAlone<Given>(path: string, write: () => Promise<Given>): Promise<Given> {
  const file = resolve(path);
  if (beingRecorded.has(file))
    throw new LifecycleError(
      `another run is being recorded for ${path}: await it first, or give this one its own file`,
    );
  beingRecorded.add(file);
  try {
    return await write();
  } finally {
    beingRecorded.delete(file);
  }
}

async function replayAndCompare<Live extends AgentsByName, Given>(
  { path, before, mode }: { readonly path: string; readonly before: Recording; readonly mode: string },
  agents: Live,
  work: Work<Live, Given>,
  options: RecordedOptions,
): Promise<Result<Given>> {
  const how = mode === 'missing' ? { live: agents } : { delays: false };
  const replayed = startReplay(before, { redact: options.redact ?? [], ...how }, agents, true);
  const { onUnhandledError = printUnhandledError } = options.miniAgents ?? {};
  const report: typeof onUnhandledError = (error, where) => {
    // What is thrown here is known already.
    if (!(replayed.unrecorded as readonly unknown[]).includes(error)) onUnhandledError(error, where);
  };
  const settings = { ...options, miniAgents: { ...options.miniAgents, onUnhandledError: report } };
  const { recording, result } = await run(work, replayed.agents as Live, settings).catch((error: unknown) => {
    throw replayed.unrecorded[0] ?? error;
  });
  const [question] = replayed.unrecorded;
  if (question) throw question;
  // One that is replayed asks nobody: what it asked others then is its own affair.
  const outlineOf = ({ events }: Recording) => outline(events, Object.keys(agents));
  const changes = difference(outlineOf(before), outlineOf(recording));
  if (changes && mode === '') throw new RecordingMismatchError(path, changes);
  if (changes) await writeRecording(path, recording);
  return result;
}

async function run<Live, Given>(
  work: Work<Live, Given>,
  agents: Live,
  { redact = [], miniAgents: settings = {} }: RecordedOptions,
): Promise<{ recording: Recording; result: Result<Given> }> {
  const miniAgents = new MiniAgents(settings);
  const recording = record(miniAgents, { redact });
  try {
    return { result: await miniAgents.run(() => work(agents)), recording };
  } finally {
    recording.stop();
  }
}

/** The recording in a file, if it is there. @throws MissingRecordingError in CI. */
async function recordingIn(path: string, mode: string): Promise<Recording | undefined> {
  const isThere = await access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
  if (isThere) return readRecording(path);
  const { CI = '' } = process.env;
  if (mode === '' && CI !== '' && CI !== 'false') throw new MissingRecordingError(path);
  return undefined;
}

function modeNow(): 'all' | 'missing' | '' {
  const { MINIAGENTS_RECORD: mode = '' } = process.env;
  if (mode === 'all' || mode === 'missing' || mode === '') return mode;
  throw new InvalidArgumentError('`all` or `missing` as the environment variable MINIAGENTS_RECORD', mode);
}
