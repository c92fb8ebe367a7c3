import { difference } from './difference.js';
import { firstDifference, furtherParams, linesOf } from './question.js';
import type { Question } from './question.js';
import type { Asked, RecordedRun } from './recorded-run.js';
import { UnrecordedQuestionError } from './unrecorded-question-error.js';

/** The error of a question that no recorded run of an agent has; it says how the nearest one differs. */
export function unrecorded(agent: string, question: Question, runs: readonly RecordedRun[]): UnrecordedQuestionError {
  const nearest = [...runs].sort((one, other) => likeness(question, other) - likeness(question, one))[0];
  if (!nearest) {
    const lines = question.asked.flatMap(linesOf).map((line) => `+ ${line}`);
    return new UnrecordedQuestionError(agent, undefined, 'it has no run of that agent', lines.join('\n'));
  }
  const say = (what: string, expected: readonly string[], came: readonly string[]) =>
    new UnrecordedQuestionError(agent, nearest.id, `of run ${nearest.id}, ${what}`, difference(expected, came));
  const place = firstDifference(question, nearest);
  if (place < 0)
    return say('which is nearest, other parameters', paramLines(nearest.params), paramLines(question.params));
  const [recorded, asked] = [nearest.asked, question.asked].map((all) => (place < all.length ? all[place] : null));
  const what = recorded === null ? 'is one more' : asked === null ? 'is missing' : 'differs';
  return say(`which is nearest, message ${place + 1} ${what}`, lines(recorded), lines(asked));
}

function lines(asked: Asked | null): string[] {
  return asked === null ? [] : linesOf(asked);
}

function paramLines(params: Question['params']): string[] {
  return Object.entries(params).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
}

/** How much a recorded question is like another one: equal messages before all, then equal parameters, then the next message's text. */
function likeness(question: Question, run: RecordedRun): number {
  const place = firstDifference(question, run);
  const equal = place < 0 ? question.asked.length : place;
  const [one, other] = [question.asked[equal], run.asked[equal]].map((asked) => linesOf(asked).join('\n'));
  return equal * 1000 + (furtherParams(question, run) === undefined ? 0 : 500) + 400 * common(one ?? '', other ?? '');
}

/** The part of the longer of two texts that is the same at the beginning and at the end of both. */
function common(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start++;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return (start + end) / Math.max(1, one.length, other.length);
}
