import type { Happening } from './diagram.js';
import type { Legend } from './legend.js';

/** One line of a drawing: what it is called, and what happens in it. */
export interface Row {
  readonly label: string;
  readonly happenings: readonly Happening[];
}

/** So many empty frames are drawn as dashes; more, as a time. */
const MOST_DASHES = 20;

/**
 * Draws streams one below the other, so that what happens in the same frame stands in the same column. Each line is a diagram
 * that can be copied into a spec: spaces mean nothing in it.
 *
 * ```
 * expected  --a-b |
 * actual    --a--(b|)
 * ```
 */
export function draw(rows: readonly Row[], legend: Legend): string[] {
  const frames = [...new Set(rows.flatMap(({ happenings }) => happenings.map(({ frame }) => frame)))];
  const lines = rows.map(({ happenings }) => new Line(happenings, legend));
  let next = 0;
  for (const frame of frames.sort((one, other) => one - other)) {
    appendColumn(lines, (line) => line.gap(frame - next, frame));
    appendColumn(lines, (line) => line.cell(frame));
    next = frame + 1;
  }
  const width = Math.max(...rows.map(({ label }) => label.length));
  return rows.map(({ label }, index) => `${label.padEnd(width)}  ${lines[index]?.text ?? ''}`.trimEnd());
}

function appendColumn(lines: readonly Line[], draw: (line: Line) => string): void {
  const cells = lines.map(draw);
  const width = Math.max(...cells.map((cell) => cell.length));
  lines.forEach((line, index) => (line.text += (cells[index] as string).padEnd(width)));
}

class Line {
  text = '';
  /** How many of the frames to come a group has taken up: each of its characters counts as one. */
  #ahead = 0;
  readonly #last: number;
  readonly #inFrame = new Map<number, Happening[]>();

  constructor(
    happenings: readonly Happening[],
    private readonly legend: Legend,
  ) {
    this.#last = happenings.reduce((last, { frame }) => Math.max(last, frame), -1);
    for (const each of happenings) {
      const together = this.#inFrame.get(each.frame);
      if (together) together.push(each);
      else this.#inFrame.set(each.frame, [each]);
    }
  }

  /** So many frames in which nothing happens here, up to this one. */
  gap(frames: number, upTo: number): string {
    const left = Math.max(0, frames - this.#ahead);
    this.#ahead -= frames - left;
    if (this.#last < upTo) return '';
    return left > MOST_DASHES ? ` ${left}ms ` : '-'.repeat(left);
  }

  /** A frame in which something happens in one of the lines. */
  cell(frame: number): string {
    const marks = (this.#inFrame.get(frame) ?? []).map((each) => this.#mark(each));
    if (marks.length === 0) return this.gap(1, frame);
    const cell = marks.length === 1 ? String(marks[0]) : `(${marks.join('')})`;
    this.#ahead = cell.length - 1;
    return cell;
  }

  #mark({ kind, value }: Happening): string {
    if (kind === 'N') return this.legend.letterOf(value);
    return kind === 'C' ? '|' : '#';
  }
}
