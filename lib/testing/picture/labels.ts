import type { Cluster } from './clusters.js';
import type { Measure } from './layout.js';
import { wordsOf } from './said.js';
import { columnsOf, shorten } from './words.js';

/** Words below a lane, and where they begin. */
export interface Label {
  readonly x: number;
  readonly text: string;
  readonly kind: Cluster['kind'];
}

/** No label is longer, in characters, and none is cut shorter than this. */
const [LONGEST, SHORTEST] = [64, 7];

/** So much room the last one has, if there is any. */
const ENOUGH = 32;

/** The first words of what is new in a lane, each below its marble: as many as fit beside each other. */
export function labelsOf(clusters: readonly Cluster[], measure: Measure): Label[] {
  const news = clusters.filter(({ first }) => first).sort((one, other) => one.x - other.x);
  const [asked, said] = [news.filter(({ kind }) => kind === 'asked'), news.filter(({ kind }) => kind !== 'asked')];
  const room = SHORTEST * measure.character;
  const shown = fitting(said, [], room);
  // What was asked is told where there is plenty of room left.
  const all = [...shown, ...fitting(asked, shown, 2 * room)].sort((one, other) => one.x - other.x);
  return write(all, measure);
}

/** Those which have room for a few words at least, seen from left to right, beside others that are there already. */
function fitting(clusters: readonly Cluster[], taken: readonly Cluster[], room: number): Cluster[] {
  let last = -Infinity;
  let next = 0;
  return clusters.filter(({ x }) => {
    while ((taken[next]?.x ?? Infinity) <= x) last = Math.max(last, taken[next++]?.x ?? 0);
    const fits = x - last >= room && (taken[next]?.x ?? Infinity) - x >= room;
    if (fits) last = x;
    return fits;
  });
}

function write(clusters: readonly Cluster[], { time, margin, character, ellipsis }: Measure): Label[] {
  const end = time + margin;
  let taken = -Infinity;
  return clusters.map((cluster, index) => {
    const next = clusters[index + 1]?.x;
    const words = saidIn(cluster, ellipsis);
    const wanted = Math.min(columnsOf(words), ENOUGH) * character;
    // The last one may begin further left, where there would be too little room to its right.
    const x = next === undefined ? Math.max(taken, Math.min(cluster.x, end - wanted), 0) : cluster.x;
    const text = shorten(words, Math.floor(((next ?? end + character) - x) / character + 0.001) - 1, ellipsis);
    taken = x + (columnsOf(text) + 1) * character;
    return { x, text, kind: cluster.kind };
  });
}

function saidIn({ marks, kind }: Cluster, ellipsis: string): string {
  const words = marks
    .filter(({ first }) => first)
    .slice(0, 6)
    .map((mark) => shorten(wordsOf(mark), LONGEST, ellipsis));
  const text = shorten([...new Set(words)].join(' | '), LONGEST, ellipsis);
  return kind === 'asked' ? `> ${text}` : text;
}
