import { expect } from 'chai';
import type { Stage } from './stage.js';
import type { World } from './world.js';

const ENDS = ['finished', 'failed', 'cancelled'];

/** Each source was subscribed to once, and let go, in the frames that the model says. */
export function expectVisits({ probes }: Stage, world: World): void {
  const line = (id: number, from: number, to: number): string => `${id}: ${from} to ${to}`;
  const visits = [...probes.visits].flatMap(([id, each]) => each.map(({ from, to }) => line(id, from, to)));
  const foretold = [...world.visits].map(([id, { from, to }]) => line(id, from, to));
  expect(visits.sort()).to.deep.equal(foretold.sort());
}

/** Each run was asked, started and over, in the frames that the model says, and was told of once each time. */
export function expectRuns({ events }: Stage, world: World): void {
  const told = events.flatMap(({ at, event: { type, interaction } }) =>
    type === 'started' || ENDS.includes(type) ? [`${interaction.agent} ${type} at ${at}`] : [],
  );
  const foretold = [...world.runs].flatMap(([id, { from, over, how }]) => [
    `a${id} started at ${from}`,
    ...(over < Infinity ? [`a${id} ${how} at ${over}`] : []),
  ]);
  expect(told.sort()).to.deep.equal(foretold.sort());
  const asked = events.flatMap(({ event: { type, interaction } }) => (type === 'inquired' ? [interaction.agent] : []));
  expect(asked.sort()).to.deep.equal([...world.runs.keys()].map((id) => `a${id}`).sort());
}

/** Nothing is told of a run before it was asked or after it was over, and messages are told of in order. */
export function expectOrderOfEvents({ events }: Stage): void {
  const rank = { inquired: 0, received: 1, started: 1, replied: 1, resolved: 1, finished: 2, failed: 2, cancelled: 2 };
  const last = new Map<string, number>();
  for (const { event } of events) {
    const { id } = event.interaction;
    // A message becomes whole when it does, also after the run that had it first is over.
    if (event.type === 'resolved') continue;
    const before = last.get(id) ?? -1;
    expect(rank[event.type], `${event.interaction.agent} ${event.type}`).to.be.at.least(Math.max(before, 0));
    expect(before, `${event.interaction.agent} ${event.type} after its end`).to.be.below(2);
    last.set(id, rank[event.type]);
  }
}
