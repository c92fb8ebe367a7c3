// The built package's specs on every Node that is supported. The Nodes come from the npm package `node`, through npm's own cache.
import { spawnSync } from 'node:child_process';
import { environment, mocha, publicSpecs } from './specs.mjs';

const versions = ['20.20.2', '22.23.3', '24.21.0'];

for (const version of versions) {
  const here = process.versions.node === version;
  const [command, ...before] = here
    ? [process.execPath]
    : ['npm', 'exec', '--yes', `--package=node@${version}`, '--', 'node'];
  const run = (...args) => spawnSync(command, [...before, ...args], { stdio: 'inherit', env: environment }).status ?? 1;

  console.log(`\n# Node ${version}`);
  if (run('-e', `require('node:assert').equal(process.versions.node, '${version}')`) !== 0) process.exit(1);
  if (run('--disable-warning=DEP0180', ...mocha('--reporter=dot', ...publicSpecs)) !== 0) process.exit(1);
}
