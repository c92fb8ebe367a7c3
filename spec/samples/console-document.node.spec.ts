import { LLMock } from '@copilotkit/aimock';
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { startSample } from './start-sample.js';

const root = join(__dirname, '../..');
const document = readFileSync(join(root, 'docs/console.md'), 'utf8');
/** Each block of code, and what it prints, which is the next block. */
const blocks = [...document.matchAll(/^```ts\n([^]*?)^```$(?:(?!^```)[^])*^```text\n([^]*?)^```$/gm)].map(
  ([, code = '', prints = '']) => ({ code, prints }),
);
const END = '(end of block)';

/** All blocks as one program, each in a folder of its own. */
function programOf(folder: string): string {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  const runs = blocks.map(({ code }, index) => {
    const { outputText } = ts.transpileModule(code, { compilerOptions });
    const enter = `process.chdir(require('fs').mkdtempSync(${JSON.stringify(join(folder, `${index}-`))}));`;
    return `${enter} await (async (exports) => {${outputText}\n})({}); console.log('${END}');`;
  });
  return `(async () => {\n${runs.join('\n')}\n})();`;
}

describe('docs/console.md', () => {
  const mock = new LLMock({ port: 0 });
  let folder: string;
  let printed: string[];

  before(async () => {
    mock.onMessage('Say hi.', { content: 'Hi.' });
    await mock.start();
    await mkdir(join(root, 'temp'), { recursive: true });
    folder = await mkdtemp(join(root, 'temp/console-'));
    await writeFile(join(folder, 'blocks.cjs'), programOf(folder));
    const env = { OPENAI_API_KEY: 'none', OPENAI_BASE_URL: `${mock.url}/v1` };
    const file = relative(join(root, 'samples'), join(folder, 'blocks.cjs'));
    const { child, ended } = startSample(file, [], env, { input: 'pipe' });
    child.stdin?.end('Hello.\n');
    const { code, out, log } = await ended;
    expect({ code, log }).to.deep.equal({ code: 0, log: '' });
    printed = out.split(`${END}\n`);
  });
  after(async () => {
    await mock.stop();
    await rm(folder, { recursive: true });
  });

  it('says what each of its blocks prints', () => {
    expect(blocks).to.have.length([...document.matchAll(/^```ts$/gm)].length);
    expect(blocks).to.have.length(5);
  });

  for (const [index, { prints }] of blocks.entries())
    it(`prints what it says: ${JSON.stringify(prints.trim().split('\n')[0])}`, () => {
      expect(printed[index]?.trimEnd()).to.equal(prints.trimEnd());
    });
});
