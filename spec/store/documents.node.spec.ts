import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../samples/run-program.js';
import { temporaryFolders } from './temporary.js';

const root = join(__dirname, '../..');
const document = readFileSync(join(root, 'docs/persistence.md'), 'utf8');
const blocks = [...document.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code);

/** What a block says that it prints: the comments `// → …`, in order. */
const announced = (code: string) => [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, line]) => line);

describe('docs/persistence.md', () => {
  const folder = temporaryFolders();
  const before = process.cwd();

  beforeEach(() => process.chdir(folder()));
  afterEach(() => process.chdir(before));

  it('has blocks that print something', () => {
    expect(blocks).to.have.length.greaterThan(5);
    expect(blocks.filter((code) => announced(code).length === 0)).to.deep.equal([]);
  });

  for (const code of blocks)
    it(`prints what it says: ${announced(code)[0]}`, async () => {
      expect(await runProgram(code, join(root, 'docs/persistence.ts'))).to.deep.equal(announced(code));
    });

  it('links to files that there are', () => {
    const targets = [...document.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !existsSync(join(root, 'docs', target)))).to.deep.equal([]);
  });
});
