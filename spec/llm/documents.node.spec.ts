import { LLMock } from '@copilotkit/aimock';
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { format } from 'node:util';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { restoreEnvironment } from './restore-environment.js';

const document = readFileSync(join(__dirname, '../../docs/llm-agents.md'), 'utf8');
const blocks = [...document.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code as string);

/** What a block says that it prints, in comments behind its calls of `console.log`. */
const printedIn = (code: string) => [...code.matchAll(/console\.log\(.*\);? \/\/ (.*)$/gm)].map(([, text]) => text);

/** Runs a block as if it were a module, and gives what it prints. */
async function run(code: string): Promise<string[]> {
  const options = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };
  const { outputText } = transpileModule(code, { compilerOptions: options });
  const body = `return async (require, exports, console, process) => {${outputText}}`;
  const printed: string[] = [];
  const log = (...values: unknown[]) => void printed.push(format(...values));
  const quiet = { env: process.env, stdout: { write: () => true } };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  await new Function(body)()(createRequire(__filename), {}, { log }, quiet);
  return printed;
}

describe('docs/llm-agents.md', () => {
  const usage = { prompt_tokens: 7, completion_tokens: 3, input_tokens: 7, output_tokens: 3 };
  let mock: LLMock;

  before(async () => {
    mock = new LLMock({ port: 0 });
    mock.onMessage('Say hi.', { content: 'Hi.', usage });
    mock.onMessage('Write a poem.', { content: 'Roses are red.' });
    mock.onMessage('Roses are red.', { content: 'Are they?' });
    mock.onMessage('Break off.', { content: 'I was about to' }, { latency: 5, truncateAfterChunks: 7 });
    await mock.start();
    for (const name of ['OPENAI_MODEL', 'ANTHROPIC_MODEL']) delete process.env[name];
    process.env['OPENAI_API_KEY'] = process.env['ANTHROPIC_API_KEY'] = 'key';
    process.env['OPENAI_BASE_URL'] = process.env['LOCAL_URL'] = `${mock.url}/v1`;
    process.env['ANTHROPIC_BASE_URL'] = mock.url;
  });
  after(async () => {
    restoreEnvironment();
    await mock.stop();
  });

  it('has blocks that print something', () => {
    expect(blocks).to.have.length.above(4);
    expect(blocks.filter((code) => printedIn(code).length === 0)).to.deep.equal([]);
  });

  for (const code of blocks)
    it(`prints what it says: ${printedIn(code).join(' | ')}`, async () => {
      expect(await run(code)).to.deep.equal(printedIn(code));
    });
});
