import { clustersOf } from './clusters.js';
import type { Cluster } from './clusters.js';
import { density } from './density.js';
import type { Dense } from './density.js';
import { labelsOf } from './labels.js';
import type { Label } from './labels.js';
import type { Lane, Story } from './story.js';
import { streamsOf } from './streams.js';
import type { Stream } from './streams.js';
import { timeTicks } from './time-axis.js';

/** What a picture is measured in: pixels, or the columns of a terminal. */
export interface Measure {
  /** How wide the part is in which time passes, and what is to its right, for the words of what happens last. */
  readonly time: number;
  readonly margin: number;
  /** How wide a character is. */
  readonly character: number;
  /** Marbles that are closer than this are drawn as one. */
  readonly marble: number;
  /** How wide the spans are for which tokens are counted. */
  readonly tick: number;
  /** What words that are cut short end with. */
  readonly ellipsis: string;
}

/** A lane with everything in its place: distances from where time begins. */
export interface PlacedLane {
  readonly lane: Lane;
  /** Its number in the picture, and the number of the last one of those that were called in it. */
  readonly index: number;
  readonly last: number;
  readonly asked: number;
  readonly started: number | undefined;
  readonly ended: number;
  readonly clusters: readonly Cluster[];
  readonly labels: readonly Label[];
  /** How densely tokens came of what is said here, and of what is asked. */
  readonly density: readonly Dense[];
  readonly heard: readonly Dense[];
  readonly streams: readonly Stream[];
  readonly colour: number;
}

/** A picture of a run, measured out, to be drawn. */
export interface Layout {
  readonly story: Story;
  readonly measure: Measure;
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
  readonly lanes: readonly PlacedLane[];
}

/** How wide the label of a time is, with the space around it, in characters. */
const TIME_LABEL = 12;

/** So many colours there are to tell agents apart. */
export const COLOURS = 8;

/** Puts everything that happened in a run in its place. */
export function layOut(story: Story, measure: Measure): Layout {
  const { from, to, lanes } = story;
  // What takes no time at all is drawn as if it had taken a moment.
  const scale = measure.time / (to > from ? to - from : 1);
  const xOf = (at: number) => (at - from) * scale;
  const colours = coloursOf(story);
  const lasts = lastsOf(lanes);
  const most = Math.floor(measure.time / measure.character / TIME_LABEL);
  return {
    story,
    measure,
    ticks: timeTicks(from, to, most).map(({ at, label }) => ({ x: xOf(at), label })),
    lanes: lanes.map((lane, index) => placeLane(lane, index, lasts[index] as number, { xOf, measure, colours })),
  };
}

interface Placing {
  readonly xOf: (at: number) => number;
  readonly measure: Measure;
  readonly colours: ReadonlyMap<string, number>;
}

function placeLane(lane: Lane, index: number, last: number, { xOf, measure, colours }: Placing): PlacedLane {
  const colourOf = ({ agent }: Lane) => colours.get(agent) ?? 0;
  const clusters = clustersOf(lane.marks, xOf, measure.marble, colourOf);
  return {
    lane,
    index,
    last,
    asked: xOf(lane.askedAt),
    started: lane.startedAt === undefined ? undefined : xOf(lane.startedAt),
    ended: lane.endedAt === undefined ? measure.time : xOf(lane.endedAt),
    clusters,
    labels: labelsOf(clusters, measure),
    density: density(lane.said, xOf, measure.tick),
    heard: density(lane.heard, xOf, measure.tick),
    streams: streamsOf(lane, xOf, measure, colourOf),
    colour: colourOf(lane),
  };
}

/** Agents of one name have one colour; those that say something have colours of their own, as far as there are any. */
function coloursOf({ messages }: Story): Map<string, number> {
  const names = [...new Set(messages.map(({ home }) => home.agent))];
  return new Map(names.map((name, index) => [name, index % COLOURS]));
}

/** For each lane, the number of the last lane inside it: its own, if there is none. */
function lastsOf(lanes: readonly Lane[]): number[] {
  const numbers = new Map(lanes.map((lane, index) => [lane, index]));
  const lasts = lanes.map((_lane, index) => index);
  for (let index = lanes.length - 1; index >= 0; index--) {
    const outer = numbers.get(lanes[index]?.parent as Lane);
    if (outer !== undefined) lasts[outer] = Math.max(lasts[outer] as number, lasts[index] as number);
  }
  return lasts;
}
