import type { Samples } from './measure.js';
import type { Aim } from './row.js';

/** How far an aim is met: what the worst of ours comes to. */
export interface Verdict {
  readonly aim: Aim;
  readonly worst: string;
  readonly value: number;
  readonly met: boolean;
}

/** Judges an aim by the worst of ours. */
export function judge(aim: Aim, samples: Samples): Verdict {
  const values = aim.ours.map((name) => ({
    name,
    value:
      aim.against === undefined ? typical(samples, name, aim.metric) : ratio(samples, name, aim.against, aim.metric),
  }));
  const worst = values.reduce((one, other) => (other.value > one.value ? other : one));
  return { aim, worst: worst.name, value: worst.value, met: worst.value <= aim.atMost };
}

/** The median of what a contender took. */
export function typical(samples: Samples, name: string, metric: string): number {
  return median(series(samples, name, metric));
}

/** The median of the ratios of each round: what slows down the machine for a while slows down both. */
export function ratio(samples: Samples, name: string, against: string, metric: string): number {
  const baseline = series(samples, against, metric);
  return median(series(samples, name, metric).map((value, round) => value / (baseline[round] as number)));
}

function series(samples: Samples, name: string, metric: string): number[] {
  return (samples[name] ?? []).map((sample) => sample[metric] ?? Number.NaN);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
