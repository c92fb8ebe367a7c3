import type { Measure } from './layout.js';
import type { Lane } from './story.js';

/** A stretch of time in which messages of one agent were on their way through a lane. */
export interface Stream {
  readonly x: number;
  readonly to: number;
  readonly colour: number;
}

/** When messages were on their way in a lane: from where they came to where they were whole. */
export function streamsOf(
  lane: Lane,
  xOf: (at: number) => number,
  { time, marble }: Measure,
  colourOf: (lane: Lane) => number,
): Stream[] {
  const streams: Stream[] = [];
  for (const { kind, at, message } of lane.marks) {
    if (!message || kind !== 'reply') continue;
    const [x, to] = [xOf(at), message.endedAt === undefined ? time : xOf(message.endedAt)];
    if (to - x >= marble) streams.push({ x, to, colour: colourOf(message.home) });
  }
  return merged(streams);
}

/** Stretches of one colour that touch are one, so that there are few to draw. */
function merged(streams: readonly Stream[]): Stream[] {
  const last = new Map<number, { x: number; to: number; colour: number }>();
  const found: Stream[] = [];
  for (const stream of [...streams].sort((one, other) => one.x - other.x)) {
    const before = last.get(stream.colour);
    if (before && stream.x <= before.to) {
      before.to = Math.max(before.to, stream.to);
      continue;
    }
    const own = { ...stream };
    last.set(stream.colour, own);
    found.push(own);
  }
  return found;
}
