import { summarise } from './explain.js';
import type { Kind } from './kind-of.js';
import { layOut } from './layout.js';
import type { Layout, PlacedLane } from './layout.js';
import type { Story } from './story.js';
import { columnsOf, shorten } from './words.js';

/** What a picture in a terminal is drawn with. */
interface Signs {
  readonly wait: string;
  readonly bar: string;
  readonly few: string;
  readonly many: string;
  readonly asked: string;
  readonly message: string;
  readonly passed: string;
  readonly error: string;
  readonly ends: Readonly<Record<'finished' | 'failed' | 'cancelled' | 'open', string>>;
  readonly ellipsis: string;
}

const ascii: Signs = {
  ...{ wait: '.', bar: '-', few: "'", many: ':', asked: '?', message: 'O', passed: 'o', error: 'x', ellipsis: '...' },
  ends: { finished: '|', failed: 'x', cancelled: '!', open: '>' },
};

const unicode: Signs = {
  ...{ wait: '╌', bar: '─', few: '╵', many: '┃', asked: '▿', message: '●', passed: '•', error: '×', ellipsis: '…' },
  ends: { finished: '┤', failed: '×', cancelled: '╱', open: '›' },
};

/** Draws a run in lines of text, each no wider than `width` columns. */
export function toText(
  story: Story,
  { width, title, isUnicode }: { width: number; title: string; isUnicode: boolean },
): string {
  const signs = isUnicode ? unicode : ascii;
  const [names, indent] = nameColumns(story, width);
  const left = width - names - 2;
  const margin = Math.min(18, Math.floor(left * 0.2));
  const measure = { time: left - margin - 1, margin, character: 1, marble: 1, tick: 1, ellipsis: signs.ellipsis };
  const layout = layOut(story, measure);
  const head = [title, summarise(story)].map((line) => shorten(line, width, signs.ellipsis));
  if (story.lanes.length === 0) return `${head.join('\n')}\n`;
  const pad = ' '.repeat(names + 2);
  const lines = layout.lanes.flatMap((placed) => {
    const { agent, depth } = placed.lane;
    const set = ' '.repeat(Math.floor(depth * indent));
    const name = padEnd(set + shorten(agent, names - set.length, signs.ellipsis), names);
    return [`${name}  ${drawBar(placed, signs)}`, ...(placed.labels.length > 0 ? [pad + drawWords(placed)] : [])];
  });
  const axis = pad + drawAxis(layout);
  return `${[...head, '', axis, ...lines, '', ...legend(layout, signs, width)].map((line) => line.trimEnd()).join('\n')}\n`;
}

/** How wide the column of the names is, and how far each level is set in. */
function nameColumns({ lanes }: Story, width: number): [width: number, indent: number] {
  const most = Math.floor(width * 0.3);
  let [depth, wanted] = [0, 4];
  for (const lane of lanes) depth = Math.max(depth, lane.depth);
  const indent = Math.min(2, (most * 0.5) / Math.max(1, depth));
  for (const lane of lanes)
    wanted = Math.max(wanted, Math.floor(lane.depth * indent) + columnsOf(shorten(lane.agent, most)));
  return [Math.min(most, wanted), indent];
}

function drawAxis({ ticks }: Layout): string {
  return ticks.reduce((line, { x, label }) => `${line.padEnd(Math.round(x))}${label}`, '');
}

/** One column for each step of time, and in it what matters most: an error over a message over the end over tokens. */
function drawBar({ lane, asked, started, ended, density, clusters }: PlacedLane, signs: Signs): string {
  const [from, to] = [Math.round(asked), Math.max(Math.round(asked), Math.round(ended))];
  const start = started === undefined ? to : Math.round(started);
  const cells = [...' '.repeat(from), ...signs.wait.repeat(start - from), ...signs.bar.repeat(to - start + 1)];
  for (const { x, width, level } of density)
    cells.fill(level > 2 ? signs.many : signs.few, Math.round(x), Math.round(x + width));
  cells[to] = signs.ends[lane.end];
  const put = (kind: Kind, first: boolean, sign: string) => {
    for (const each of clusters) if (each.kind === kind && each.first === first) cells[Math.round(each.x)] = sign;
  };
  put('asked', false, signs.asked);
  put('asked', true, signs.asked);
  put('reply', false, signs.passed);
  put('reply', true, signs.message);
  put('error', false, signs.error);
  put('error', true, signs.error);
  put('cut', false, signs.ends.cancelled);
  put('cut', true, signs.ends.cancelled);
  if (lane.end === 'cancelled') cells[to] = signs.ends.cancelled;
  return Array.from(cells, (cell) => cell ?? ' ').join('');
}

function drawWords({ labels }: PlacedLane): string {
  return labels.reduce((line, { x, text }) => padEnd(line, Math.round(x)) + text, '');
}

function legend({ lanes }: Layout, signs: Signs, width: number): string[] {
  const some = (kind: Kind, first: boolean) =>
    lanes.some(({ clusters }) => clusters.some((each) => each.kind === kind && each.first === first));
  const ended = (end: keyof Signs['ends']) => lanes.some(({ lane }) => lane.end === end);
  const hasTokens = lanes.some(({ density }) => density.length > 0);
  const entries: [boolean, string][] = [
    [some('asked', true) || some('asked', false), `${signs.asked} asked`],
    [some('reply', true), `${signs.message} message`],
    [some('reply', false), `${signs.passed} passed on`],
    [hasTokens, `${signs.few}${signs.many} tokens`],
    [some('error', true) || ended('failed'), `${signs.error} error`],
    [some('cut', true) || some('cut', false) || ended('cancelled'), `${signs.ends.cancelled} cancelled`],
    [ended('finished'), `${signs.ends.finished} end`],
    [ended('open'), `${signs.ends.open} not ended`],
  ];
  const lines: string[] = [''];
  for (const [, entry] of entries.filter(([shown]) => shown)) {
    const line = lines.at(-1) as string;
    if (line !== '' && line.length + entry.length + 3 > width) lines.push(entry);
    else lines[lines.length - 1] = line === '' ? entry : `${line}   ${entry}`;
  }
  return lines;
}

function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}
