// What browsers get, bundled, and put in the place of `miniagents` and its entries for every spec that needs no Node.
// Packages stay outside, so that specs and bundle share one copy of each.
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { bundleForBrowsers } from './bundle.mjs';
import { browserEntries, browserSpecs, environment, mocha } from './specs.mjs';

const folder = 'node_modules/.cache/miniagents';
const bundle = resolve(folder, 'browser.cjs');

await mkdir(folder, { recursive: true });
await writeFile(
  bundle,
  await bundleForBrowsers(browserEntries.map((entry) => `export * from '${entry}';`).join('\n'), {
    format: 'cjs',
    external: ['rxjs', 'immutable', '@sinonjs/fake-timers'],
  }),
);
const { status } = spawnSync(
  process.execPath,
  mocha('--require=./scripts/use-bundle.cjs', '--reporter=dot', ...browserSpecs),
  { stdio: 'inherit', env: { ...environment, MINIAGENTS_BUNDLE: bundle } },
);
process.exit(status ?? 1);
