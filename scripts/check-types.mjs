// The declarations of the package as somebody's compiler reads them who has installed it, and does not skip them: the older and the
// newer TypeScript, and each way in which modules are found.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import assert from 'node:assert/strict';
import { writeDocumentBlocks } from './document-blocks.mjs';
import { inInstalled } from './installed.mjs';

const { exports, dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const entries = Object.keys(exports).filter((entry) => exports[entry]['miniagents-source']);
const importsOfAll = entries.map(
  (entry, index) => `import * as entry${index} from '${entry.replace('.', 'miniagents')}';`,
);
const usesOfAll = entries.map((_, index) => `void entry${index};`);
const program = [...importsOfAll, ...usesOfAll, ''].join('\n');

/** And what each reads: the newer one the documents, too. */
const compilers = { typescript: ['all.*'], typescript7: ['.'] };
/** `bundler` is what TypeScript takes for itself with `module: esnext`: no condition `node`, so other files are found. */
const resolutions = { nodenext: { module: 'nodenext' }, bundler: { module: 'esnext', moduleResolution: 'bundler' } };
const compilerOptions = {
  target: 'es2022',
  lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable', 'esnext.disposable'],
  types: ['node', 'mocha'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
};

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

inInstalled(({ folder, run }) => {
  link(folder);
  for (const [name, options] of Object.entries(resolutions)) {
    const sources = join(folder, name);
    mkdirSync(sources);
    writeFileSync(join(sources, 'package.json'), '{ "type": "module" }');
    for (const kind of ['mts', 'cts']) writeFileSync(join(sources, `all.${kind}`), program);
    writeDocumentBlocks(sources);
    for (const [compiler, include] of Object.entries(compilers)) {
      const config = join(sources, `${compiler}.json`);
      writeFileSync(config, JSON.stringify({ compilerOptions: { ...compilerOptions, ...options }, include }));
      const tsc = [resolve('node_modules', compiler, 'bin/tsc'), '-p', config, '--pretty', 'false'];
      const { stdout, stderr, status } = run(process.execPath, tsc, { status: null });
      const errors = stdout.split('\n').filter((line) => line.includes('error TS'));
      assert.ok(status === 0 || errors.length > 0, `${compiler} ended with ${status}: ${stderr}`);
      // What others have wrong in their declarations is theirs.
      const ours = errors.filter((line) => !/node_modules\/(?!miniagents\/)/.test(line));
      assert.deepEqual(ours, [], `${compiler}, ${name}`);
    }
  }
  console.log(`types: ${entries.length} entries and the documents, as users' compilers read them`);
});
