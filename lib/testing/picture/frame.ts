import type { PlacedLane } from './layout.js';
import { short } from './markup.js';
import { columnsOf, shorten } from './words.js';

/** How wide a character of the font is, at most, in 12 pixels; names are a little larger. */
export const CHARACTER = 7.3;
const NAME_CHARACTER = 7.95;

/** The column of the names. */
export interface Names {
  readonly width: number;
  /** How far each level is set in. */
  readonly indent: number;
}

/** How wide the column of the names is: as they need it, within bounds. */
export function namesOf(lanes: readonly PlacedLane[], width: number): Names {
  const most = Math.min(320, width * 0.3);
  let depth = 0;
  for (const { lane } of lanes) depth = Math.max(depth, lane.depth);
  const indent = Math.min(16, (most * 0.5) / Math.max(1, depth));
  let wanted = 60;
  for (const { lane } of lanes)
    wanted = Math.max(wanted, lane.depth * indent + columnsOf(lane.agent.slice(0, 100)) * NAME_CHARACTER + 8);
  return { width: Math.min(most, wanted), indent };
}

/** The name of a lane's agent, as much of it as there is room for. */
export function nameIn({ lane }: PlacedLane, { width, indent }: Names): string {
  return shorten(lane.agent, Math.floor((width - lane.depth * indent - 8) / NAME_CHARACTER + 0.01)) || '…';
}

/** Lines that lead from the lanes to those that were called in them. `middles` are the lanes' heights, from the top. */
export function tree(lanes: readonly PlacedLane[], middles: readonly number[], { indent }: Names): string {
  const below: number[] = [];
  return lanes
    .map(({ lane: { depth } }, index) => {
      const middle = middles[index] as number;
      const from = below[depth - 1];
      below.length = depth;
      below[depth] = middle + 9;
      if (from === undefined || depth === 0) return '';
      // The next sibling's line begins where this one ends.
      below[depth - 1] = middle;
      const x = (depth - 1) * indent + 4;
      return `M${short(x)} ${short(from)}V${short(middle)}h${short(Math.max(2, indent - 7))}`;
    })
    .join('');
}
