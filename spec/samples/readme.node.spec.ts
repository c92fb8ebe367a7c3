import { LLMock } from '@copilotkit/aimock';
import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './run-program.js';
import { withoutKeys } from './without-keys.js';

const root = join(__dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { name, scripts, peerDependencies, peerDependenciesMeta } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
) as Record<string, Record<string, object>> & { name: string };
/** What must be installed beside the package, in the order in which one would name it. */
const required = ['rxjs', 'immutable'];

/** A block of code, and the heading that it stands under. */
interface Block {
  readonly language: string;
  readonly code: string;
  readonly heading: string;
  readonly line: number;
}

const blocks: Block[] = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => {
  const before = readme.slice(0, match.index);
  const [, heading = ''] = [...before.matchAll(/^#+ (.*)$/gm)].at(-1) ?? [];
  return { language: match[1] ?? '', code: match[2] ?? '', heading, line: before.split('\n').length };
});
const blocksIn = (language: string): Block[] => blocks.filter((block) => block.language === language);

/** What a block says that it prints: the comments `// → …`, in order. */
const announced = (code: string): string[] => [...code.matchAll(/\/\/ →(?: (.*))?$/gm)].map(([, line = '']) => line);
const talksToAModel = (code: string): boolean => /create(OpenAI|Anthropic)Agent/.test(code);

describe('README.md', function () {
  this.timeout(30_000);
  withoutKeys();
  const mock = new LLMock({ port: 0 });

  before(async () => {
    mock.onMessage(/.*/, { content: 'I am a model, more or less.' });
    await mock.start();
  });

  after(() => mock.stop());

  beforeEach(() => {
    const keys = { OPENAI_API_KEY: 'none', ANTHROPIC_API_KEY: 'none' };
    Object.assign(process.env, { ...keys, OPENAI_BASE_URL: `${mock.url}/v1`, ANTHROPIC_BASE_URL: mock.url });
  });

  it('has blocks of known languages only', () => {
    expect(blocks.filter(({ language }) => !['ts', 'sh'].includes(language))).to.deep.equal([]);
    expect(blocksIn('ts')).to.have.length.greaterThan(10);
  });

  for (const { code, heading, line } of blocksIn('ts'))
    it(`line ${line}: ${heading}`, async () => {
      const printed = await runProgram(code, join(root, 'README.ts'));
      if (talksToAModel(code)) expect(printed.join('\n')).to.include('I am a model, more or less.');
      else expect(printed.map((text) => text.trimEnd())).to.deep.equal(announced(code));
    });

  it('names commands that there are', () => {
    const lines = blocksIn('sh').flatMap(({ code }) => code.split('\n').filter((text) => text !== ''));
    for (const command of lines.flatMap((text) => text.replace(/ +#.*/, '').split(' && '))) {
      const [program, script, ...rest] = command.split(' ');
      if (program === 'node') expect(existsSync(join(root, rest.at(-1) ?? '')), command).to.equal(true);
      else if (script === 'install') expect(rest).to.deep.equal([name, ...required]);
      else if (script !== 'ci') expect(scripts, command).to.include.keys(script ?? '');
    }
  });

  it('has everything installed that must be', () => {
    const peers = Object.keys(peerDependencies ?? {}).filter((peer) => !(peer in (peerDependenciesMeta ?? {})));
    expect(required).to.have.members(peers);
  });

  it('links to files that there are', () => {
    const targets = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target = '']) => target);
    const missing = targets.filter((target) => !target.startsWith('https:') && !existsSync(join(root, target)));
    expect(missing).to.deep.equal([]);
  });
});
