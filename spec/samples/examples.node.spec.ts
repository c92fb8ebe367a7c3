import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { MiniAgents } from 'miniagents';
import { record } from 'miniagents/testing';
import { restoreEnvironment } from '../llm/restore-environment.js';
import { withModel } from './block-runner.js';
import { announcedBy } from './blocks.js';
import { digest, pages } from './given.js';
import { runProgram } from './run-program.js';

interface Example {
  readonly file: string;
  readonly code: string;
  readonly imports: string;
}

const load = createRequire(__filename);
const { examples } = load('../../scripts/examples.cjs') as { examples: readonly Example[] };

/** A line `expression; // value`: what the expression comes to. */
const SAID = /^( *)(?!const )(\S.*?); \/\/ ('[^']*'|true|false|\d+)(?=$|[,: ]).*$/gm;

/** In a folder of its own in which a run was recorded, where more may be recorded, at a terminal at which nobody writes, and with all that is given as new. */
function placeForEach(): void {
  const { stdin } = process;
  const folder = process.cwd();

  beforeEach(async () => {
    process.chdir(mkdtempSync(join(tmpdir(), 'miniagents-example-')));
    delete load.cache[join(__dirname, 'given.ts')];
    Object.defineProperty(process, 'stdin', { value: Readable.from([]), configurable: true });
    process.env['MINIAGENTS_RECORD'] = 'missing'; // In CI nothing is recorded unasked.
    const miniAgents = new MiniAgents();
    const recording = record(miniAgents);
    await miniAgents.run(() => digest.inquire(pages));
    writeFileSync('run.jsonl', String(recording.stop()));
  });

  afterEach(() => {
    Object.defineProperty(process, 'stdin', { value: stdin, configurable: true });
    restoreEnvironment();
    const used = process.cwd();
    process.chdir(folder);
    rmSync(used, { recursive: true });
  });
}

describe('the examples in doc comments', () => {
  withModel();
  placeForEach();

  it('are found', () => {
    expect(examples).to.have.length.greaterThan(40);
  });

  for (const { file, code, imports } of examples)
    it(`run, and come to what they say: ${file}`, async () => {
      const checked = code.replace(SAID, '$1expect($2).to.equal($3);');
      const program = `import { expect } from 'chai';\n${imports}await (async () => {\n${checked}})();`;
      const printed = await runProgram(program, join(__dirname, 'example.ts'));
      if (announcedBy(code).length > 0) expect(printed).to.deep.equal(announcedBy(code));
    });
});
