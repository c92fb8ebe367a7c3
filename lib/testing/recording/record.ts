import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import { LifecycleError } from '../../errors/lifecycle-error.js';
import { MiniAgents } from '../../runtime/mini-agents.js';
import { LiveRecording } from './live-recording.js';
import { Recorder } from './recorder.js';
import { Redaction } from './redaction.js';
import type { RedactionRules } from './redaction.js';

/** How a run is recorded. */
export interface RecordOptions {
  /**
   * What is kept out of the recording, beside what is by default: texts under names such as `apiKey`, `authorization` or
   * `password`, and what looks like a key of a well-known service, a bearer token or a password in an address, in parameters,
   * messages, errors, and tokens joined. `[redacted]` stands there instead; a secret that is in several tokens is taken out of all
   * of them, and the others stay what they are. `false`: nothing is kept out.
   */
  readonly redact?: RedactionRules | undefined;
}

/** Those that are being recorded. */
const recorded = new WeakSet<MiniAgents>();

/**
 * Records a MiniAgents: the inquiries that are made from now on, and all that comes of them, until `stop()`. To be recorded
 * changes nothing: nothing starts earlier or lives longer, and no error is consumed.
 *
 * @returns a recording that grows.
 * @throws InvalidArgumentError if it is no MiniAgents or a rule is none; LifecycleError if it is being recorded already.
 *
 * @example
 * ```ts
 * const recording = record(miniAgents, { redact: [/account \d+/] });
 * await miniAgents.run(() => agent.inquire('question'));
 * await writeFile('run.jsonl', String(recording.stop()));
 * ```
 */
export function record(miniAgents: MiniAgents, { redact }: RecordOptions = {}): LiveRecording {
  if (!(miniAgents instanceof MiniAgents)) throw new InvalidArgumentError('a MiniAgents to record', miniAgents);
  const redaction = new Redaction(redact);
  if (recorded.has(miniAgents))
    throw new LifecycleError('this MiniAgents is being recorded already: stop() that recording first');
  recorded.add(miniAgents);
  const recorder = new Recorder();
  const { onErrorOrEnd } = miniAgents.events;
  const takeErrorOrEnd = recorder.takeErrorOrEnd.bind(recorder);
  const subscription = miniAgents.events$.subscribe((event) => recorder.take(event));
  onErrorOrEnd.add(takeErrorOrEnd);
  subscription.add(() => {
    onErrorOrEnd.delete(takeErrorOrEnd);
    recorder.stop();
    recorded.delete(miniAgents);
  });
  return new LiveRecording(recorder.events, redaction, subscription);
}
