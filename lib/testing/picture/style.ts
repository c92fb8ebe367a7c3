import { dark, light } from './colours.js';
import type { Theme } from './colours.js';

/** The font: letters of one width, so that it is known how much room a text takes. */
export const FONT =
  'ui-monospace,SFMono-Regular,Menlo,Consolas,&quot;DejaVu Sans Mono&quot;,&quot;Liberation Mono&quot;,monospace';

const SHAPES = `
text{font:12px ${FONT.replace(/&quot;/g, "'")};fill:var(--text)}
.name{font-size:13px}
.quiet{fill:var(--quiet)}
.wrong{fill:var(--error)}
.grid,.tree{stroke:var(--grid);fill:none}
.bar{fill:var(--bar);stroke:var(--edge)}
.failed{stroke:var(--error)}
.open{stroke-dasharray:3 3}
.wait,.asked,.way{stroke:var(--edge);fill:none;stroke-width:1.5}
.wait{stroke-dasharray:2 3}
.asked{fill:var(--surface)}
.cut{stroke:var(--text);stroke-width:2;fill:none}
.gap{fill:var(--surface)}
.error{stroke:var(--error);stroke-width:2.5;fill:none;stroke-linecap:round}
.halo{stroke:var(--surface);stroke-width:5.5;fill:none;stroke-linecap:round}
.marble{stroke:var(--surface);stroke-width:1.5}
.heard{fill:var(--edge)}
.stream{opacity:.45}
.count{font-size:11px;font-weight:700;fill:var(--surface);text-anchor:middle}
`.trim();

/** The style of the shapes in a picture, light or dark as the reader likes it; `root` is what the colours are set on. */
export function styleOf(root: string): string {
  const agents = light.agents.map((_colour, index) => `.c${index}{fill:var(--c${index})}`).join('\n');
  return [
    `${root}{color-scheme:light dark;${variables(light)}}`,
    `@media (prefers-color-scheme:dark){${root}{${variables(dark)}}}`,
    SHAPES,
    agents,
  ].join('\n');
}

function variables({ agents, ...named }: Theme): string {
  const colours = [...Object.entries(named), ...agents.map((colour, index) => [`c${index}`, colour] as const)];
  return colours.map(([name, colour]) => `--${name}:${String(colour)}`).join(';');
}
