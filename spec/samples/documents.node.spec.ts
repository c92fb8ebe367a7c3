import { expect } from 'chai';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blockRunner } from './block-runner.js';
import { blocksOf, linksOf } from './blocks.js';

const folder = join(__dirname, '../../docs');
const LANGUAGES = ['ts', 'sh', 'json', 'markdown', 'python', 'text'];

/** Pages whose blocks another spec runs. */
const ELSEWHERE = ['llm-agents.md', 'console.md'];

const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));

for (const page of pages)
  describe(`docs/${page}`, () => {
    const text = readFileSync(join(folder, page), 'utf8');
    const blocks = blocksOf(text);

    it('has blocks of known languages only', () => {
      expect(blocks.filter(({ language }) => !LANGUAGES.includes(language))).to.deep.equal([]);
    });

    it('links to files that there are', () => {
      expect(linksOf(text).filter((target) => !existsSync(join(folder, target)))).to.deep.equal([]);
    });

    if (ELSEWHERE.includes(page)) return;

    describe('its blocks', () => {
      const runBlock = blockRunner(join(folder, page.replace(/md$/, 'ts')));
      const origin = process.cwd();
      let place = '';

      // What one block writes, a later one of the same page may read.
      before(() => process.chdir((place = mkdtempSync(join(tmpdir(), 'miniagents-')))));

      after(() => {
        process.chdir(origin);
        rmSync(place, { recursive: true });
      });

      for (const { code, heading, line, language } of blocks)
        if (language === 'ts') it(`line ${line}: ${heading}`, () => runBlock(code));
    });
  });
