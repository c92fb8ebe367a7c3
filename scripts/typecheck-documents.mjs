// The types of the code in README.md, docs/ and doc comments, each block as in a file of its own. That it runs is the business of specs.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { examples } from './examples.cjs';
import './register.cjs';

const { blocksOf } = createRequire(import.meta.url)('../spec/samples/blocks.ts');

const folder = 'temp/documents';
const pages = readdirSync('docs').filter((name) => name.endsWith('.md'));
const documents = ['README.md', ...pages.map((name) => `docs/${name}`)];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const document of documents) {
  const page = readFileSync(document, 'utf8');
  for (const { language, code, line } of blocksOf(page)) {
    if (language !== 'ts') continue;
    // On the lines that it has in its document, which errors name.
    const name = `${document.replace('/', '-').replace('.md', '')}-${line}.ts`;
    writeFileSync(join(folder, name), `${'\n'.repeat(line)}${code}export {};\n`);
  }
}
for (const { file, imports, code } of examples) {
  const given = imports.replace("'./given.js'", "'../../spec/samples/given.js'");
  writeFileSync(
    join(folder, file.replaceAll('/', '-')),
    `${given}async function example() {\n${code}}\nvoid example;\n`,
  );
}
const compilerOptions = { rootDir: '../..', module: 'ESNext', moduleResolution: 'Bundler', noUnusedLocals: false };
writeFileSync(
  join(folder, 'tsconfig.json'),
  JSON.stringify({ extends: '../../tsconfig.json', compilerOptions, include: ['.'] }),
);
const tsc = ['node_modules/typescript7/bin/tsc', '--noEmit', '-p', folder];
process.exitCode = spawnSync(process.execPath, tsc, { stdio: 'inherit' }).status ?? 1;
