import type { Names } from './frame.js';
import type { PlacedLane } from './layout.js';
import { short } from './markup.js';
import { styleOf } from './style.js';

const PAGE = `
body{margin:0;background:var(--surface);color:var(--text);font:14px/1.45 system-ui,sans-serif}
header{padding:16px 20px 4px;position:sticky;left:0}
h1{font-size:20px;margin:0 0 4px;overflow-wrap:anywhere}
p{margin:0 0 8px}
.hint{color:var(--quiet)}
.legend{display:block;margin-bottom:8px;max-width:100%}
button{font:inherit;color:inherit;background:var(--bar);border:1px solid var(--edge);border-radius:5px;padding:2px 10px;cursor:pointer}
main{padding:0 20px 40px;width:max-content}
.lane,.axis{display:flex}
.lane[hidden]{display:none}

.axis{position:sticky;top:0;z-index:2;background:var(--surface);border-bottom:1px solid var(--grid)}
.name{position:sticky;left:0;z-index:1;flex:none;box-sizing:border-box;display:flex;align-items:flex-start;gap:4px;padding-top:4px;background:var(--surface);font:13px/20px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;white-space:pre}
.name span{flex:1}
.fold{width:20px;height:20px;padding:0;flex:none;font:12px/18px system-ui,sans-serif}
.fold::before{content:"\\25be"}
.fold[aria-expanded=false]::before{content:"\\25b8"}
.name span:first-child{margin-left:24px}
.lane:hover,.lane:hover .name{background:color-mix(in srgb,var(--bar) 55%,var(--surface))}
svg{flex:none}
.point{cursor:pointer;outline:none}
.point:hover,.point:focus-visible{filter:drop-shadow(0 0 2px var(--text))}
.point:focus-visible>:not(text){stroke:var(--text);stroke-width:2.5}
button:focus-visible{outline:2px solid var(--c0);outline-offset:1px}
#card{position:fixed;z-index:3;box-sizing:border-box;width:min(640px,calc(100vw - 24px));overflow:auto;padding:10px 14px;background:var(--surface);border:1px solid var(--edge);border-radius:8px;box-shadow:0 6px 24px rgb(0 0 0/.25)}
#card[hidden]{display:none}
#card h2{font-size:14px;margin:0 0 4px;overflow-wrap:anywhere}
#card h2:not(:first-child){border-top:1px solid var(--grid);padding-top:8px;margin-top:8px}
#card pre{margin:4px 0;white-space:pre-wrap;overflow-wrap:anywhere;font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
#card pre.wrong{color:var(--error)}
#card dl{display:grid;grid-template-columns:max-content 1fr;gap:0 10px;margin:6px 0 0;font-size:12.5px;color:var(--quiet)}
#card dd{margin:0;overflow-wrap:anywhere}
`.trim();

/** The style of the page: that of the shapes, of what is around them, and how far each level is set in. */
export function pageStyle({ width, indent }: Names, lanes: readonly PlacedLane[]): string {
  const depths = [...new Set(lanes.map(({ lane }) => Math.min(lane.depth, DEEPEST)))].sort((one, other) => one - other);
  const levels = depths.map((depth) => `.d${depth}{padding-left:${short(depth * indent)}px}`).join('\n');
  return `${styleOf(':root')}\n${PAGE}\n.name{width:${short(width + 40)}px}\n${levels}`;
}

/** From this level on lanes are not set in any further. */
export const DEEPEST = 40;
