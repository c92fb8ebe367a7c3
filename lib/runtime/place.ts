import type { Interaction } from './events.js';

/** A place in the tree of inquiries. */
export interface Place {
  readonly agent: { readonly name: string };
  /** Which inquiry it is of those made where it was made, from 1 on. */
  readonly number: number;
  /** The run that it was made in, if it was made in one. */
  readonly outer: Place | undefined;
}

/** A place in words: ids of it and of the one around it, the same from run to run. */
export function interactionAt(place: Place): Interaction {
  const numbers = lineage(place).map(({ number }) => number);
  const id = numbers.reverse().join('.');
  return { id, ...(place.outer && { parent: id.slice(0, id.lastIndexOf('.')) }), agent: place.agent.name };
}

/** The agent at a place and those it was called by, in turn: `leaf <- top`. */
export function pathTo(place: Place): string {
  return lineage(place)
    .map(({ agent }) => agent.name)
    .join(' <- ');
}

function lineage(innermost: Place): Place[] {
  const places: Place[] = [];
  for (let place: Place | undefined = innermost; place; place = place.outer) places.push(place);
  return places;
}
