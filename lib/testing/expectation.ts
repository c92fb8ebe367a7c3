import { happeningsOf, standsFor } from './diagram.js';
import type { Happening, Letters } from './diagram.js';
import { draw } from './draw.js';
import { inWords, Legend } from './legend.js';
import { MarbleMismatchError } from './mismatch-error.js';
import { isSameValue } from './same-value.js';

/** What is checked when virtual time has passed. */
export interface Checked {
  /** How what was seen differs from what was expected, if it does. */
  check(): Error | readonly Error[] | undefined;
}

/** What is to be seen, told by `toBe`. */
export class Expectation<Value> {
  #expected: readonly Happening[] | undefined;
  #legend = new Legend([]);

  /**
   * @param subject - what is looked at: `the tokens of agent leaf`.
   * @param seen - gives what was seen of it, when time has passed.
   * @param valueOf - what a value that is expected is compared as.
   */
  constructor(
    private readonly subject: () => string,
    private readonly seen: () => readonly Happening[],
    private readonly valueOf: (given: Value) => unknown = (given) => given,
  ) {}

  /**
   * What must be seen, as a marble diagram.
   *
   * @param values - what its letters stand for; those that are not named stand for themselves.
   * @param error - what `#` stands for: an Error is compared by name and message. Default `'error'`, as in RxJS.
   * @throws InvalidArgumentError if the diagram cannot be read.
   */
  toBe(diagram: string, values: Letters<Value> = {}, error: unknown = 'error'): void {
    const drawn = happeningsOf(diagram, error);
    const valueOf = ({ value }: Happening) => this.valueOf(standsFor(value as string, values));
    const expected = drawn.map((each) => (each.kind === 'N' ? { ...each, value: valueOf(each) } : each));
    this.#expected = expected;
    this.#legend = new Legend(
      drawn.flatMap(({ kind, value }, index) =>
        kind === 'N' ? [{ letter: value as string, value: expected[index]?.value }] : [],
      ),
    );
  }

  /** @internal */
  check(): MarbleMismatchError | undefined {
    const seen = this.seen();
    const expected = this.#expected;
    if (!expected) return this.#mismatch(`nothing was expected of ${this.subject()}: call toBe(…)`, seen, seen);
    const same = seen.length === expected.length && seen.every((each, index) => isSame(each, expected[index]));
    return same ? undefined : this.#mismatch(`${this.subject()}: not as expected`, expected, seen);
  }

  #mismatch(what: string, expected: readonly Happening[], actual: readonly Happening[]): MarbleMismatchError {
    const rows = [
      { label: 'expected', happenings: expected },
      { label: 'actual', happenings: actual },
    ];
    const [wanted = '', got = ''] = draw(rows, this.#legend);
    const legend = this.#legend.linesFor(wanted.slice(8) + got.slice(8));
    const hints = actual.length === 0 ? [NOTHING] : [];
    const lines = [wanted, got, ...legend, ...errorsIn(rows), ...hints];
    return new MarbleMismatchError(`${what}\n\n${lines.map((line) => `  ${line}`).join('\n')}\n`, wanted, got);
  }
}

/** What most have overlooked who see nothing. */
const NOTHING = '(nothing came; what awaits a promise says nothing in marbles: that is for asyncMarbles)';

function isSame(seen: Happening, expected: Happening | undefined): boolean {
  return (
    expected !== undefined &&
    seen.frame === expected.frame &&
    seen.kind === expected.kind &&
    isSameValue(seen.value, expected.value)
  );
}

function errorsIn(rows: readonly { label: string; happenings: readonly Happening[] }[]): string[] {
  return rows.flatMap(({ label, happenings }) =>
    happenings.filter(({ kind }) => kind === 'E').map(({ value }) => `# ${label} = ${inWords(value)}`),
  );
}
