import { CHARACTER, nameIn, namesOf, tree } from './frame.js';
import type { Names } from './frame.js';
import { explainLane, summarise } from './explain.js';
import { layOut } from './layout.js';
import type { Layout, PlacedLane } from './layout.js';
import { legend } from './legend.js';
import { escapeMarkup, short } from './markup.js';
import { bar, end, flow, heightOf, MIDDLE, titledMarble, words } from './shapes.js';
import type { Story } from './story.js';
import { styleOf } from './style.js';

const [EDGE, AXIS] = [16, 30];

/** From this height on the times are told at the end, too. */
const TALL = 900;

/** What a picture in pixels is measured in, beside a column of names. */
export function inPixels(width: number, names: number): { time: number; margin: number } {
  const left = width - names;
  const margin = Math.min(180, left * 0.2);
  return { time: left - margin, margin };
}

/** What does not differ from picture to picture. */
export const PIXELS = { character: CHARACTER, marble: 14, tick: 2, ellipsis: '…' };

/** Draws a run as an SVG that needs nothing beside it: light and dark, without scripts. */
export function toSVG(story: Story, { width, title }: { width: number; title: string }): string {
  const draft = layOut(story, { ...PIXELS, time: 1, margin: 1 });
  const names = namesOf(draft.lanes, width);
  const inside = width - 2 * EDGE;
  const layout = layOut(story, { ...PIXELS, ...inPixels(inside, names.width + 16) });
  const tops = topsOf(layout.lanes);
  const bottom = tops.at(-1) as number;
  const explained = legend(layout, inside);
  const below = bottom + (bottom > TALL ? AXIS : 8);
  const height = below + explained.height + 2 * EDGE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${short(height)}" viewBox="0 0 ${width} ${short(height)}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escapeMarkup(title)}</title>`,
    `<desc id="desc">${escapeMarkup(summarise(story))}</desc>`,
    `<style>${styleOf('svg')}</style>`,
    `<rect class="gap" x=".5" y=".5" width="${width - 1}" height="${short(height - 1)}" rx="6" stroke="var(--grid)"/>`,
    `<g transform="translate(${EDGE} ${EDGE})">`,
    ...body(layout, names, tops),
    `<g transform="translate(0 ${short(below)})">${explained.shapes}</g>`,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function body(layout: Layout, names: Names, tops: readonly number[]): string[] {
  const { lanes, story } = layout;
  if (lanes.length === 0) return [`<text y="${MIDDLE}">${escapeMarkup(summarise(story))}</text>`];
  const middles = tops.slice(0, -1).map((top) => top + MIDDLE);
  const time = short(names.width + 16);
  return [
    `<g transform="translate(${time} 0)">${axis(layout, tops.at(-1) as number)}</g>`,
    `<path class="tree" d="${tree(lanes, middles, names)}"/>`,
    ...lanes.map((lane, index) => drawLane(lane, names, tops[index] as number)),
  ];
}

/** Where each lane begins, from the top, and last where they all end. */
function topsOf(lanes: readonly PlacedLane[]): number[] {
  const tops = [AXIS];
  for (const lane of lanes) tops.push((tops.at(-1) as number) + heightOf(lane));
  return lanes.length === 0 ? [0] : tops;
}

function axis({ ticks }: Layout, bottom: number): string {
  const lines = ticks.map(({ x }) => `M${short(x)} 18V${short(bottom)}`).join('');
  const labels = (y: number) =>
    ticks.map(({ x, label }) => `<text class="quiet" x="${short(x)}" y="${short(y)}">${label}</text>`).join('');
  return `<path class="grid" d="${lines}"/>${labels(12)}${bottom > TALL ? labels(bottom + 14) : ''}`;
}

function drawLane(placed: PlacedLane, names: Names, top: number): string {
  const { lane, clusters } = placed;
  const name = `<text class="name" x="${short(lane.depth * names.indent)}" y="${MIDDLE + 4.5}">${escapeMarkup(nameIn(placed, names))}</text>`;
  const marbles = inOrder(clusters).map(titledMarble);
  return [
    `<g transform="translate(0 ${short(top)})"><g><title>${escapeMarkup(explainLane(lane))}</title>${name}</g>`,
    `<g transform="translate(${short(names.width + 16)} 0)">${bar(placed)}${flow(placed)}${end(placed)}${marbles.join('')}${words(placed)}</g></g>`,
  ].join('');
}

/** What matters most is drawn last, on top: errors over what is new over what is passed on. */
export function inOrder(clusters: PlacedLane['clusters']): PlacedLane['clusters'] {
  const rank = ({ kind, first }: (typeof clusters)[number]) =>
    kind === 'error' || kind === 'cut' ? 3 : kind === 'asked' ? 0 : first ? 2 : 1;
  return [...clusters].sort((one, other) => rank(one) - rank(other));
}
