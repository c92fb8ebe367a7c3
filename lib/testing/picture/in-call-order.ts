import type { Lane } from './story.js';

/** Lanes in the order of a tree, each followed by those that were called in it; siblings in the order of the calls. */
export function inCallOrder(lanes: readonly Lane[]): Lane[] {
  const inside = new Map<Lane | undefined, Lane[]>();
  for (const lane of lanes) {
    const siblings = inside.get(lane.parent);
    if (siblings) siblings.push(lane);
    else inside.set(lane.parent, [lane]);
  }
  // A stack of its own: agents may be nested deeper than functions may call each other.
  const left = [...(inside.get(undefined) ?? [])].reverse();
  const ordered: Lane[] = [];
  for (let lane = left.pop(); lane; lane = left.pop()) {
    ordered.push(lane);
    const calls = inside.get(lane) ?? [];
    for (let index = calls.length - 1; index >= 0; index--) left.push(calls[index] as Lane);
  }
  return ordered;
}
