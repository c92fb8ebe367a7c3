// The declarations of the package as somebody's compiler reads them who has installed it, and does not skip them: the older and the
// newer TypeScript, and each way in which modules are found.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import assert from 'node:assert/strict';
import { writeDocumentBlocks } from './document-blocks.mjs';

const { exports, dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const entries = Object.keys(exports).filter((entry) => exports[entry]['miniagents-source']);
const program = (used) =>
  used
    .map((entry, at) => `import * as entry${at} from '${entry.replace('.', 'miniagents')}';\nvoid entry${at};\n`)
    .join('');

const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true };
const forNode = { ...strict, target: 'esnext', types: ['node', 'mocha'] };
/** `bundler` is what TypeScript takes for itself with `module: esnext`: no condition `node`, so other files are found. */
const asBundlersDo = { module: 'esnext', moduleResolution: 'bundler' };
const users = {
  nodenext: { compilerOptions: { ...forNode, module: 'nodenext' }, used: entries },
  bundler: { compilerOptions: { ...forNode, ...asBundlersDo }, used: entries },
  browser: {
    compilerOptions: { ...strict, ...asBundlersDo, target: 'es2022', lib: ['es2022', 'dom'], types: [] },
    used: entries.filter((entry) => exports[entry].import),
  },
};
const [older, newer] = ['typescript', 'typescript7'];

/** What users may have beside the package: the optional peers, and what the documents import. */
function link(folder) {
  const beside = Object.keys(devDependencies).filter(
    (name) => !['rxjs', 'immutable'].includes(name) && !dependencies[name],
  );
  for (const name of beside) {
    const to = join(folder, 'node_modules', name);
    mkdirSync(join(to, '..'), { recursive: true });
    symlinkSync(resolve('node_modules', name), to);
  }
}

export function checkTypes({ folder, run }) {
  link(folder);
  for (const [name, { compilerOptions, used }] of Object.entries(users)) {
    const sources = join(folder, name);
    mkdirSync(sources);
    writeFileSync(join(sources, 'package.json'), '{ "type": "module" }');
    for (const kind of ['mts', 'cts']) writeFileSync(join(sources, `all.${kind}`), program(used));
    if (name !== 'browser') writeDocumentBlocks(sources);
    writeFileSync(join(sources, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['.'] }));
    for (const compiler of name === 'nodenext' ? [older, newer] : [newer]) {
      const tsc = [resolve('node_modules', compiler, 'bin/tsc'), '-p', sources, '--pretty', 'false'];
      const { stdout, stderr, status } = run(process.execPath, tsc, { status: null });
      const errors = stdout.split('\n').filter((line) => line.includes('error TS'));
      assert.ok(status === 0 || errors.length > 0, `${compiler} ended with ${status}: ${stderr}`);
      // What others have wrong in their declarations is theirs.
      const ours = errors.filter((line) => !/node_modules\/(?!miniagents\/)/.test(line));
      assert.deepEqual(ours, [], `${compiler}, ${name}`);
    }
  }
  console.log(`types: ${entries.length} entries and the documents, as users' compilers read them`);
}
