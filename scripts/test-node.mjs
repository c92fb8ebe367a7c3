// The built package's specs on every Node that is supported, as many Nodes at a time as there are cores. The Nodes come from the
// npm package `node`, through npm's own cache.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { environment, mocha, publicSpecs } from './specs.mjs';

const versions = ['20.20.2', '22.23.3', '24.21.0'];

/** Runs a Node with some arguments, and gives what it printed and whether all was well. */
function runNode(version, ...args) {
  const [command, ...before] =
    process.versions.node === version
      ? [process.execPath]
      : ['npm', 'exec', '--yes', `--package=node@${version}`, '--', 'node'];
  const node = spawn(command, [...before, ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [node.stdout, node.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    node.once('error', reject).once('close', (status) => resolve({ output, passed: status === 0 }));
  });
}

async function testOn(version) {
  const check = await runNode(version, '-e', `require('node:assert').equal(process.versions.node, '${version}')`);
  const options = mocha('--reporter=dot', ...publicSpecs);
  const { output, passed } = check.passed ? await runNode(version, '--disable-warning=DEP0180', ...options) : check;
  console.log(`\n# Node ${version}\n${output}`);
  if (!passed) process.exitCode = 1;
}

const left = [...versions];
const worker = async () => {
  for (let version = left.shift(); version; version = left.shift()) await testOn(version);
};
await Promise.all(Array.from({ length: availableParallelism() }, worker));
