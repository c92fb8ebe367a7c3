// The types of the code in README.md, docs/ and doc comments, each block as in a file of its own. That it runs is the business of specs.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDocumentBlocks } from './document-blocks.mjs';
import { examples } from './examples.cjs';

const folder = 'temp/documents';

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeDocumentBlocks(folder);
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
