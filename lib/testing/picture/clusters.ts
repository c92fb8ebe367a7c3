import { kindOf } from './kind-of.js';
import type { Kind } from './kind-of.js';
import type { Lane, Mark } from './story.js';

/** Marks of one kind that are so close together that they are drawn as one. */
export interface Cluster {
  readonly x: number;
  readonly kind: Kind;
  /** Whether one of them is new here, and not passed on. */
  readonly first: boolean;
  readonly marks: readonly Mark[];
  /** The number of the colour of the agent that the first of them comes from. */
  readonly colour: number;
}

/** Puts the marks of a lane together that are closer than `gap`, from left to right. */
export function clustersOf(
  marks: readonly Mark[],
  xOf: (at: number) => number,
  gap: number,
  colourOf: (lane: Lane) => number,
): Cluster[] {
  const clusters: (Cluster & { marks: Mark[]; first: boolean; colour: number })[] = [];
  const open = new Map<Kind, (typeof clusters)[number]>();
  for (const mark of [...marks].sort((one, other) => one.at - other.at)) {
    const { first, message } = mark;
    const kind = kindOf(mark);
    const x = xOf(mark.at);
    const last = open.get(kind);
    const colour = message ? colourOf(message.home) : 0;
    if (last && x - last.x < gap) {
      last.marks.push(mark);
      if (first && !last.first) Object.assign(last, { first, colour });
      continue;
    }
    const cluster = { x, kind, first, marks: [mark], colour };
    open.set(kind, cluster);
    clusters.push(cluster);
  }
  return clusters;
}
