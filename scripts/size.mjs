// What the core weighs in a browser, minified and gzipped. Fails when it grows (docs/decisions/0005).
import { gzipSync } from 'node:zlib';
import { bundleForBrowsers } from './bundle.mjs';

const everything = `export * from 'miniagents';`;
const helloAgent = `
  import { miniagent } from 'miniagents';
  const hello = miniagent('hello', () => 'Hello!');
  hello.inquire().tokens$.subscribe(console.log);`;

async function weigh(contents, external) {
  const code = await bundleForBrowsers(contents, { minify: true, format: 'esm', external });
  return gzipSync(code, { level: 9 }).length / 1024;
}

const peers = ['rxjs', 'immutable'];
const own = await weigh(everything, [...peers, '@noble/hashes']);
const rows = [
  ['core, own code', own, 14.1, 10],
  ['@noble/hashes (what the core uses of it)', (await weigh(everything, peers)) - own],
  ['hello agent, with rxjs and immutable', await weigh(helloAgent, []), 38.1, 30],
];

console.log(`${'KiB min+gzip'.padEnd(42)}      is   limit     aim`);
for (const [name, is, limit = '', aim = ''] of rows)
  console.log(`${name.padEnd(42)}${is.toFixed(1).padStart(8)}${String(limit).padStart(8)}${String(aim).padStart(8)}`);

const over = rows.filter(([, is, limit]) => is > limit);
if (over.length > 0) {
  console.error(`\nOver the limit: ${over.map(([name]) => name).join('; ')}`);
  process.exit(1);
}
