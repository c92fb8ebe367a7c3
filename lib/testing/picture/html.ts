import { sha256 } from '#sha256';
import { explain, explainLane, summarise } from './explain.js';
import { nameIn, namesOf } from './frame.js';
import type { Names } from './frame.js';
import { layOut } from './layout.js';
import type { Layout, PlacedLane } from './layout.js';
import { legend } from './legend.js';
import { escapeMarkup, short } from './markup.js';
import { pageData } from './page-data.js';
import { pageScript } from './page-script.js';
import { DEEPEST, pageStyle } from './page-style.js';
import { bar, end, flow, heightOf, marble, words } from './shapes.js';
import type { Story } from './story.js';
import { inOrder, inPixels, PIXELS } from './svg.js';

/** Draws a run as a page that needs nothing beside it: marbles tell what they stand for, and lanes fold. */
export function toHTML(story: Story, { width, title }: { width: number; title: string }): string {
  const names = namesOf(layOut(story, { ...PIXELS, time: 1, margin: 1 }).lanes, width);
  const { time, margin } = inPixels(width, names.width + 60);
  const layout = layOut(story, { ...PIXELS, time, margin });
  const style = pageStyle(names, layout.lanes);
  const data = pageData(layout);
  const heading = escapeMarkup(title);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hash(style)}; script-src ${hash(pageScript)}">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${heading}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    `<header><h1>${heading}</h1>`,
    `<p>${escapeMarkup(summarise(story))}</p>`,
    ...(story.lanes.length > 0 ? tools(layout, width) : []),
    '</header>',
    ...(story.lanes.length > 0 ? picture(layout, names) : []),
    '<aside id="card" role="status" hidden></aside>',
    `<script type="application/json" id="data">${data}</script>`,
    `<script>${pageScript}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** How a content security policy names a script or a style. */
function hash(code: string): string {
  const bytes = sha256(code).match(/../g) ?? [];
  return `'sha256-${btoa(String.fromCharCode(...bytes.map((byte) => parseInt(byte, 16))))}'`;
}

function tools(layout: Layout, width: number): string[] {
  const { shapes, height } = legend(layout, width);
  const buttons =
    '<button type="button" id="fold">Fold all</button> <button type="button" id="unfold">Unfold all</button>';
  const isNested = layout.lanes.some(({ last, index }) => last > index);
  return [
    `<svg class="legend" width="${width}" height="${height}" aria-hidden="true">${shapes}</svg>`,
    `<p class="tools">${isNested ? buttons : ''} <span class="hint">Point at a marble, or reach it by Tab and the arrow keys, to read all of it; Escape closes.</span></p>`,
  ];
}

function picture(layout: Layout, names: Names): string[] {
  const { time, margin } = layout.measure;
  const wide = short(time + margin + 20);
  const labels = layout.ticks.map(({ x, label }) => `<text class="quiet" x="${short(x + 10)}" y="14">${label}</text>`);
  const grid = layout.ticks.map(({ x }) => `M${short(x + 10)} 0V60`).join('');
  const marks = { count: 0 };
  return [
    '<main>',
    `<div class="axis"><div class="name"></div><svg width="${wide}" height="22" aria-hidden="true">${labels.join('')}</svg></div>`,
    ...layout.lanes.map((placed) => row(placed, names, { wide, grid, marks })),
    '</main>',
  ];
}

interface Rows {
  readonly wide: string;
  readonly grid: string;
  /** How many marbles there are in the rows before. */
  readonly marks: { count: number };
}

function row(placed: PlacedLane, names: Names, { wide, grid, marks }: Rows): string {
  const { lane, index, last, clusters } = placed;
  const [height, number] = [heightOf(placed), marks.count];
  marks.count += clusters.length;
  const numbers = new Map(clusters.map((cluster, place) => [cluster, number + place]));
  const marbles = inOrder(clusters).map((cluster) => {
    const told = escapeMarkup(explain(cluster, 3));
    const at = numbers.get(cluster) as number;
    return `<g class="point" id="m${at}" tabindex="${at === number ? 0 : -1}" role="button" aria-label="${told}">${marble(cluster)}</g>`;
  });
  const folding =
    last > index
      ? `<button type="button" class="fold" aria-expanded="true" aria-label="Fold ${escapeMarkup(lane.agent)}"></button>`
      : '';
  const shapes = `<path class="grid" d="${grid}"/><g transform="translate(10 0)">${bar(placed)}${flow(placed)}${end(placed)}${marbles.join('')}${words(placed)}</g>`;
  return [
    `<div class="lane" data-last="${last}"><div class="name d${Math.min(lane.depth, DEEPEST)}" title="${escapeMarkup(explainLane(lane))}">${folding}<span>${escapeMarkup(nameIn(placed, names))}</span></div>`,
    `<svg width="${wide}" height="${height}" role="group" aria-label="${escapeMarkup(lane.agent)}">${shapes}</svg></div>`,
  ].join('');
}
