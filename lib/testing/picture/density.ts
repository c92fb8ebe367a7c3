/** A stretch of time in which tokens came at one rate. */
export interface Dense {
  readonly x: number;
  readonly width: number;
  /** From 1, a single token, to 4, many. */
  readonly level: number;
}

/**
 * How densely tokens came: they are counted in spans of `tick`, and spans that are side by side and equally full are one. So
 * however many tokens there are, there is no more to draw than the picture is wide.
 */
export function density(times: readonly number[], xOf: (at: number) => number, tick: number): Dense[] {
  const counts = new Map<number, number>();
  for (const at of times) {
    const span = Math.floor(xOf(at) / tick);
    counts.set(span, (counts.get(span) ?? 0) + 1);
  }
  const found: { x: number; width: number; level: number }[] = [];
  for (const [span, count] of [...counts].sort(([one], [other]) => one - other)) {
    const last = found.at(-1);
    const [x, level] = [span * tick, levelOf(count)];
    // Single tokens stay ticks; only what is dense flows together.
    if (last && level > 1 && last.level === level && last.x + last.width === x) last.width += tick;
    else found.push({ x, width: tick, level });
  }
  return found;
}

function levelOf(count: number): number {
  return count === 1 ? 1 : count < 4 ? 2 : count < 16 ? 3 : 4;
}
