import type { Cluster } from './clusters.js';
import type { Dense } from './density.js';
import type { PlacedLane } from './layout.js';
import { escapeMarkup, short } from './markup.js';
import { explain } from './explain.js';
import type { Kind } from './kind-of.js';

/** Where the middle of a lane's bar is, and how high the bar is; where the words below it stand. */
export const [MIDDLE, BAR, WORDS] = [14, 14, 35];

const HEIGHTS = [0, 8, 10, 12, 14];

/** The body of a run: a dashed line while it has not started, then a bar, up to where it ended, and how. */
export function bar({ lane, asked, started, ended }: PlacedLane): string {
  const from = started ?? ended;
  const wait = from - asked > 1 ? `<path class="wait" d="M${short(asked)} ${MIDDLE}H${short(from)}"/>` : '';
  if (started === undefined) return wait;
  const width = Math.max(3, ended - started);
  const kind = lane.end === 'failed' ? ' failed' : lane.end === 'open' ? ' open' : '';
  const rect = `<rect class="bar${kind}" x="${short(started)}" y="${MIDDLE - BAR / 2}" width="${short(width)}" height="${BAR}" rx="3"/>`;
  return wait + rect;
}

/** What stands at the end of a bar: nothing where the run finished, as runs do. */
export function end({ lane, ended, clusters }: PlacedLane): string {
  if (lane.end === 'open') return arrow(ended);
  const tells = (sought: Kind) => clusters.some(({ kind, x }) => kind === sought && Math.abs(x - ended) < 8);
  if (lane.end === 'cancelled') return tells('cut') ? '' : cut(ended);
  return lane.end === 'failed' && !tells('error') ? cross(ended, 5) : '';
}

/** A cut through a bar: two strokes with nothing between them. */
export function cut(x: number): string {
  const at = (shift: number) => `M${short(x - 3 + shift)} ${MIDDLE + 10}l6 -20`;
  return `<path class="gap" d="${at(-2.5)}h5l-6 20z"/><path class="cut" d="${at(-2.5)}${at(2.5)}"/>`;
}

/** What leads on from a run that has not ended. */
export function arrow(x: number): string {
  return `<path class="way" d="M${short(x + 2)} ${MIDDLE - 6}l6 6l-6 6"/>`;
}

/** A cross for an error. */
export function cross(x: number, arm: number): string {
  const d = `M${short(x - arm)} ${MIDDLE - arm}l${2 * arm} ${2 * arm}m0 ${-2 * arm}l${-2 * arm} ${2 * arm}`;
  return `<path class="halo" d="${d}"/><path class="error" d="${d}"/>`;
}

/** The messages on their way through a lane, and the ticks of the tokens that came. */
export function flow({ streams, density, heard, colour }: PlacedLane): string {
  const lines = streams.map(
    ({ x, to, colour: of }) =>
      `<rect class="stream c${of}" x="${short(x)}" y="${MIDDLE - 1.5}" width="${short(to - x)}" height="3"/>`,
  );
  return lines.join('') + ticks(heard, 'heard', 0.5) + ticks(density, `c${colour}`, 1);
}

/** Ticks, denser ones higher, all of them one shape. */
function ticks(density: readonly Dense[], kind: string, size: number): string {
  const shapes = density.map(({ x, width, level }) => {
    const height = (HEIGHTS[level] as number) * size;
    const across = level === 1 ? 1.3 : width;
    return `M${short(x)} ${short(MIDDLE - height / 2)}h${short(across)}v${height}h${short(-across)}z`;
  });
  return shapes.length > 0 ? `<path class="${kind}" d="${shapes.join('')}"/>` : '';
}

/** A marble, or what stands for several, without what tells about it. */
export function marble({ x, kind, first, marks, colour }: Cluster): string {
  if (kind === 'cut') return cut(x);
  if (kind === 'error') return cross(x, first ? 5 : 3.5);
  if (kind === 'asked') return `<path class="asked" d="M${short(x - 4)} ${MIDDLE - 13}h8l-4 6z"/>`;
  if (!first) return circle(x, 4.5, colour);
  const news = marks.filter((mark) => mark.first).length;
  if (news === 1) return circle(x, 7, colour);
  const count = news > 9 ? '9+' : String(news);
  const width = 8 + 8 * count.length;
  const pill = `<rect class="marble c${colour}" x="${short(x - width / 2)}" y="${MIDDLE - 8}" width="${width}" height="16" rx="8"/>`;
  return `${pill}<text class="count" x="${short(x)}" y="${MIDDLE + 4}">${count}</text>`;
}

function circle(x: number, radius: number, colour: number): string {
  return `<circle class="marble c${colour}" cx="${short(x)}" cy="${MIDDLE}" r="${radius}"/>`;
}

/** The words below a lane. */
export function words({ labels }: PlacedLane): string {
  const classes = { asked: ' class="quiet"', error: ' class="wrong"', cut: '', reply: '' };
  return labels
    .map(
      ({ x, text, kind }) =>
        `<text${classes[kind]} x="${short(Math.max(0, x - 6))}" y="${WORDS}">${escapeMarkup(text)}</text>`,
    )
    .join('');
}

/** A marble that tells what it stands for where a pointer rests on it. */
export function titledMarble(cluster: Cluster): string {
  return `<g><title>${escapeMarkup(explain(cluster))}</title>${marble(cluster)}</g>`;
}

/** How high a lane is: less where it has nothing to say. */
export function heightOf({ labels }: PlacedLane): number {
  return labels.length > 0 ? 46 : 28;
}
