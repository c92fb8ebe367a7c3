// Which specs can run where. Nothing is listed by hand: a spec's imports (and those of the helpers it imports) tell.
//   from source      all of them
//   built package    those that import nothing from lib/: they see only what users see
//   browser bundle   of these, those that import neither node: modules nor entries that are not for browsers, and are not named *.node.spec.ts
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const IMPORT = /\b(?:from|import|require)\s*\(?\s*['"]([^'"]+)['"]/g;

/** Every module that a file imports, helpers' imports included; files as paths from the project's folder. */
function reach(file, seen = new Set()) {
  for (const [, name] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
    const target = name.startsWith('.') ? resolve(dirname(file), name).replace(/\.js$/, '.ts') : name;
    if (seen.has(target)) continue;
    seen.add(target);
    if (target.startsWith(resolve('spec'))) reach(target, seen);
  }
  return seen;
}

const specs = readdirSync('spec', { recursive: true })
  .filter((name) => name.endsWith('.spec.ts'))
  .map((name) => join('spec', name))
  .sort()
  .map((file) => ({ file, imports: [...reach(file)] }));

/** The entries that a browser can have: they are bundled together, so that they share one core. */
export const browserEntries = ['', '/agents', '/testing', '/trace'].map((entry) => `miniagents${entry}`);

const isPublic = ({ imports }) => !imports.some((name) => name.startsWith(resolve('lib')));
const isForNode = ({ file, imports }) =>
  file.endsWith('.node.spec.ts') ||
  imports.some((name) => /^(node:|miniagents\/)/.test(name) && !browserEntries.includes(name));

export const publicSpecs = specs.filter(isPublic).map(({ file }) => file);
export const browserSpecs = specs.filter((spec) => isPublic(spec) && !isForNode(spec)).map(({ file }) => file);

/** Mocha's arguments for running specs against something else than the source, which is what .mocharc.json asks for. */
export const mocha = (...rest) => [
  'node_modules/mocha/bin/mocha.js',
  '--no-config',
  '--require=./scripts/register.cjs',
  '--extension=ts',
  '--timeout=60000',
  ...rest,
];

/** Properties are tried on all of their cases from source; here on some, to see that they hold of this build, too. */
export const environment = { PROPERTY_TIMES: '0.1', ...process.env };
