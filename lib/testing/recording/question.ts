import { canonicalJson } from '../../messages/canonical-json.js';
import { isPlain } from '../../messages/freeze.js';
import type { MessageJSON } from '../../messages/message-json.js';
import { writeOut } from '../../messages/message-json.js';
import { recordableFields } from '../../messages/recordable.js';
import { isFailure } from '../../scope/failure.js';
import type { Entry } from '../../streams/message-type.js';
import { wholeOf } from './heard.js';
import type { Heard } from './heard.js';
import { recordedError } from './recorded-error.js';
import type { RecordedError } from './recorded-event.js';
import type { Asked, RecordedRun } from './recorded-run.js';
import type { Redaction } from './redaction.js';

/** What an agent is asked, as far as that is known: what is compared with what it was asked when it was recorded. */
export interface Question {
  readonly params: Readonly<Record<string, unknown>>;
  /** What stands at each place that something has come to; undefined where that is not whole. */
  readonly asked: readonly Asked[];
  /** Whether that was all. */
  readonly askedAll: boolean;
}

/** What an agent is being asked, without the secrets that no recording has either. */
export function questionOf(params: Readonly<Record<string, unknown>>, heard: Heard, redaction: Redaction): Question {
  return {
    params: redaction.value(writeOut(recordableFields(params)) as typeof params, 'params'),
    asked: heard.entries.map((entry) => askedBy(entry, redaction)),
    askedAll: heard.all,
  };
}

function askedBy(entry: Entry, redaction: Redaction): Asked {
  const whole = wholeOf(entry);
  if (!whole) return undefined;
  if (!isFailure(whole)) return { value: redaction.value(whole.toJSON(), 'value') };
  const { name, message } = recordedError(whole.consume());
  return { error: { name, message: redaction.text(message, 'message') } };
}

/** How many parameters a run had beside those of a question; undefined if one of these is another. Presets need not be asked for. */
export function furtherParams(question: Question, run: RecordedRun): number | undefined {
  const given = Object.entries(question.params);
  const same = given.every(([name, value]) => Object.hasOwn(run.params, name) && sameJson(value, run.params[name]));
  return same ? Object.keys(run.params).length - given.length : undefined;
}

/** The first place at which a question, as far as it is known, is not what was recorded; -1 if it may be the same. */
export function firstDifference(question: Question, run: RecordedRun): number {
  const { asked, askedAll } = question;
  const index = asked.findIndex((each, place) =>
    place < run.asked.length ? !maybeSame(each, run.asked[place]) : run.askedAll,
  );
  return index < 0 && askedAll && asked.length < run.asked.length ? asked.length : index;
}

/** What of a run tells its question from others: runs that were asked the same have the same. */
export function keyOf(run: RecordedRun): string {
  const { params, asked, askedAll } = run;
  return remembered(run, () => canonicalJson([params, asked.map(contentOf), askedAll], () => undefined));
}

/** Every question is compared with all of a recording: what stands there is written out once. */
const texts = new WeakMap<object, string>();

function remembered(thing: object, write: () => string): string {
  const text = texts.get(thing) ?? write();
  texts.set(thing, text);
  return text;
}

function maybeSame(one: Asked, other: Asked): boolean {
  return one === undefined || other === undefined || contentOf(one) === contentOf(other);
}

/** What stands at a place, as text: of an error its name and message count. */
function contentOf(asked: Asked): string {
  if (!asked) return '';
  return 'error' in asked
    ? errorLine(asked.error)
    : remembered(asked.value, () => canonicalJson(asked.value, () => undefined));
}

function errorLine({ name, message }: RecordedError): string {
  return `${name}: ${message}`;
}

function sameJson(one: unknown, other: unknown): boolean {
  return one === other || canonicalJson(one, () => undefined) === canonicalJson(other, () => undefined);
}

/** What stands at a place, in lines for people: the text, below it the fields. */
export function linesOf(asked: Asked): string[] {
  if (!asked) return ['(a message that is not whole)'];
  if ('error' in asked) return errorLine(asked.error).split('\n');
  const { $type, text, ...fields } = asked.value as MessageJSON & Record<string, unknown>;
  const shown = Object.entries({ ...($type !== 'Message' && { $type }), ...fields }).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return [...text.split('\n'), ...shown.map(([name, value]) => `${name}: ${inOrder(value)}`)];
}

/** JSON on one line, whatever order the keys were given in. */
function inOrder(value: unknown): string {
  return Array.isArray(value) || isPlain(value) ? canonicalJson(value, () => undefined) : JSON.stringify(value);
}
