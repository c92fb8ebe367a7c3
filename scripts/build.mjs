// dist/cjs for Node (import and require alike) and for bundlers that require, dist/esm for bundlers that import.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

async function compile(project) {
  const tsc = spawn(process.execPath, ['node_modules/typescript7/bin/tsc', '-p', project], { stdio: 'inherit' });
  const [code] = await once(tsc, 'exit');
  if (code !== 0) process.exit(code ?? 1);
}

/** Writes out each `#subpath` as the file that a condition leads to, where nothing could look it up. */
async function writeOutSubpaths(folder, kind, condition) {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!kind.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const code = await readFile(file, 'utf8');
    const written = code.replace(/(?<=['"])#[\w-]+(?=['"])/g, (name) => {
      const target = imports[name]?.[condition].replace('./dist/cjs', folder);
      return target ? `./${relative(dirname(file), target)}`.replace('./../', '../') : name;
    });
    if (written !== code) await writeFile(file, written);
  }
}

const { exports, imports, sideEffects } = JSON.parse(await readFile('package.json', 'utf8'));
await rm('dist', { recursive: true, force: true });
await Promise.all([compile('tsconfig.cjs.json'), compile('tsconfig.esm.json')]);
// dist/esm is for browsers alone, and has a package.json of its own, which is where a #subpath would be looked up.
await writeOutSubpaths('dist/esm', /\.js$/, 'default');
// Types do not differ by platform, and older module resolutions know no #subpaths.
await writeOutSubpaths('dist/cjs', /\.d\.ts$/, 'node');
// One set of them: a message is the same type wherever it comes from, and some entries are for Node alone.
for (const { import: file } of Object.values(exports)) {
  if (!file) continue;
  const types = relative(dirname(file), file.replace('/esm/', '/cjs/'));
  await writeFile(file.replace(/\.js$/, '.d.ts'), `export * from '${types}';\n`);
}
await writeFile(
  'dist/esm/package.json',
  JSON.stringify({
    type: 'module',
    sideEffects: sideEffects
      .filter((file) => file.startsWith('./dist/esm/'))
      .map((file) => file.replace('dist/esm/', '')),
  }),
);
