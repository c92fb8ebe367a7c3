import { CHARACTER } from './frame.js';
import type { Layout } from './layout.js';
import { arrow, cross, cut, marble, MIDDLE } from './shapes.js';
import type { Kind } from './kind-of.js';
import type { Lane } from './story.js';
import { short } from './markup.js';

/** What the shapes in a picture mean: those that there are in it. */
export function legend(layout: Layout, width: number): { shapes: string; height: number } {
  const entries = entriesOf(layout);
  let [x, y] = [0, 0];
  const shapes = entries.map(([meaning, shape]) => {
    const wide = 24 + (meaning.length + 3) * CHARACTER;
    if (x > 0 && x + wide > width) [x, y] = [0, y + 24];
    const place = `translate(${short(x)} ${y})`;
    x += wide;
    return `<g transform="${place}">${shape}<text class="quiet" x="24" y="${MIDDLE + 4}">${meaning}</text></g>`;
  });
  return { shapes: shapes.join(''), height: entries.length > 0 ? y + 24 : 0 };
}

function entriesOf({ lanes }: Layout): [meaning: string, shape: string][] {
  const some = (kind: Kind, first?: boolean) =>
    lanes.some(({ clusters }) => clusters.some((each) => each.kind === kind && (first ?? each.first) === each.first));
  const ended = (end: Lane['end']) => lanes.some(({ lane }) => lane.end === end);
  const drawn = (kind: 'asked' | 'reply', first: boolean) =>
    marble({ x: 9, kind, first, marks: [{ at: 0, kind, first }], colour: 0 });
  const line = `<path class="wait" d="M1 ${MIDDLE}h17"/>`;
  const entries: [boolean, string, string][] = [
    [some('asked'), 'asked', `<g transform="translate(0 10)">${drawn('asked', true)}</g>`],
    [some('reply', true), 'message', drawn('reply', true)],
    [some('reply', false), 'passed on', drawn('reply', false)],
    [
      lanes.some(({ density, heard }) => density.length + heard.length > 0),
      'tokens',
      `<path class="c0" d="M3 10h1v9h-1zM7 10h1v9h-1zM11 8h6v12h-6z"/>`,
    ],
    [some('error') || ended('failed'), 'error', cross(9, 5)],
    [some('cut') || ended('cancelled'), 'cancelled', cut(9)],
    [lanes.some(({ asked, started, ended: to }) => (started ?? to) - asked > 1), 'not started', line],
    [ended('open'), 'not ended', arrow(6)],
  ];
  return entries.filter(([shown]) => shown).map(([, meaning, shape]) => [meaning, shape]);
}
