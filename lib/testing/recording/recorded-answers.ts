import { unrecorded } from './nearest.js';
import { firstDifference, furtherParams, keyOf } from './question.js';
import type { Question } from './question.js';
import type { RecordedRun } from './recorded-run.js';
import { UnrecordedQuestionError } from './unrecorded-question-error.js';

/** The recorded runs of one agent, each of which is replayed once: runs that were asked the same, in turn. */
export class RecordedAnswers {
  readonly #used = new Set<RecordedRun>();

  constructor(
    private readonly agent: string,
    private readonly runs: readonly RecordedRun[],
  ) {}

  /**
   * The run that answers a question, which may still be coming.
   *
   * @returns undefined as long as several different runs may be meant.
   * @throws UnrecordedQuestionError if there is none.
   */
  take(question: Question): RecordedRun | undefined {
    const [first, ...others] = this.#candidates(question);
    if (!first) throw unrecorded(this.agent, question, this.runs);
    const key = keyOf(first);
    if (!isComplete(question) && others.some((other) => keyOf(other) !== key)) return undefined;
    const same = [first, ...others].filter((each) => keyOf(each) === key);
    const run = same.find((each) => !this.#used.has(each));
    if (!run) throw this.#usedUp(same);
    this.#used.add(run);
    return run;
  }

  /** @throws UnrecordedQuestionError if what came of a question since is not what the run that answers it was asked. */
  check(question: Question, run: RecordedRun): void {
    if (firstDifference(question, run) >= 0) throw unrecorded(this.agent, question, [run]);
  }

  /** The runs that may have been asked the same: those whose parameters are the nearest; whole questions first. */
  #candidates(question: Question): RecordedRun[] {
    const fitting = this.runs.filter((run) => firstDifference(question, run) < 0);
    const further = fitting.map((run) => furtherParams(question, run) ?? Infinity);
    const least = Math.min(...further);
    const nearest = fitting.filter((_, index) => least < Infinity && further[index] === least);
    if (!isComplete(question)) return nearest;
    const whole = nearest.filter((run) => run.askedAll && run.asked.length === question.asked.length);
    return whole.length > 0 ? whole : nearest;
  }

  #usedUp(same: readonly RecordedRun[]): UnrecordedQuestionError {
    const ids = same.map(({ id }) => id);
    const times = ids.length === 1 ? 'once' : `${ids.length} times`;
    const what = `this was asked only ${times} when it was recorded (run ${ids.join(', ')}), and is asked once more`;
    return new UnrecordedQuestionError(this.agent, ids[0], what, '');
  }
}

function isComplete({ asked, askedAll }: Question): boolean {
  return askedAll && !asked.includes(undefined);
}
