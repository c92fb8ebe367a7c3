// The TypeScript of README.md and docs/, each block as a file of its own.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import './register.cjs';

const { blocksOf } = createRequire(import.meta.url)('../spec/samples/blocks.ts');

const pages = readdirSync('docs').filter((name) => name.endsWith('.md'));
const documents = ['README.md', ...pages.map((name) => `docs/${name}`)];

/** Writes them, each on the lines that it has in its document, which errors name. */
export function writeDocumentBlocks(folder) {
  for (const document of documents) {
    const page = readFileSync(document, 'utf8');
    for (const { language, code, line } of blocksOf(page)) {
      if (language !== 'ts') continue;
      const name = `${document.replace('/', '-').replace('.md', '')}-${line}.ts`;
      writeFileSync(join(folder, name), `${'\n'.repeat(line)}${code}export {};\n`);
    }
  }
}
