const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];

/** The steps of clocks; below a second and above a day they go by tens. */
const STEPS = [
  ...[0.001, 0.01, 0.1, 1, 10, 100].flatMap((power) => [power, 2 * power, 5 * power]),
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
];

/** A point of a time axis. */
export interface TimeTick {
  readonly at: number;
  readonly label: string;
}

/** Round points in a span of time, in milliseconds: as many as fit, and no more than `most`; `0 ms`, `500 ms`, `1 s`. */
export function timeTicks(from: number, to: number, most: number): TimeTick[] {
  const step = stepOf((to - from) / Math.max(1, most));
  const ticks: TimeTick[] = [];
  // Multiplied and not added up, so that rounding errors do not add up.
  for (let index = Math.ceil(from / step); index * step <= to; index++)
    ticks.push({ at: index * step, label: formatTime(index * step) });
  return ticks;
}

/** A time in milliseconds as one would say it: `250 ms`, `1.5 s`, `1 min 15 s`. */
export function formatTime(ms: number): string {
  const exact = round(ms, ms < 10 ? 3 : 1);
  if (exact < SECOND) return `${exact} ms`;
  if (exact < MINUTE) return `${round(exact / SECOND, 3)} s`;
  // Rounded first, so that nothing is said to take sixty seconds.
  const rounded = Math.round(ms / 100) * 100;
  const parts = [
    [Math.floor(rounded / HOUR), 'h'],
    [Math.floor((rounded % HOUR) / MINUTE), 'min'],
    [round((rounded % MINUTE) / SECOND, 1), 's'],
  ] as const;
  return parts.flatMap(([value, unit]) => (value > 0 ? [`${value} ${unit}`] : [])).join(' ');
}

function stepOf(least: number): number {
  const step = STEPS.find((each) => each >= least);
  if (step) return step;
  const power = 10 ** Math.floor(Math.log10(least / DAY));
  return DAY * (([1, 2, 5, 10].find((each) => each * power * DAY >= least) ?? 10) * power);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
