import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blockRunner } from './block-runner.js';
import { blocksOf, linksOf } from './blocks.js';
import type { Block } from './blocks.js';

const root = join(__dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { name, scripts, peerDependencies, peerDependenciesMeta } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
) as Record<string, Record<string, object>> & { name: string };
/** What must be installed beside the package, in the order in which one would name it. */
const required = ['rxjs', 'immutable'];

const blocks = blocksOf(readme);
const blocksIn = (language: string): Block[] => blocks.filter((block) => block.language === language);

describe('README.md', () => {
  const runBlock = blockRunner(join(root, 'README.ts'));

  it('has blocks of known languages only', () => {
    expect(blocks.filter(({ language }) => !['ts', 'sh'].includes(language))).to.deep.equal([]);
    expect(blocksIn('ts')).to.have.length.greaterThan(10);
  });

  for (const { code, heading, line } of blocksIn('ts')) it(`line ${line}: ${heading}`, () => runBlock(code));

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
    const missing = linksOf(readme).filter((target) => !existsSync(join(root, target)));
    expect(missing).to.deep.equal([]);
  });
});
