import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as rxjs from 'rxjs';

const folder = join(__dirname, '../../docs');
const page = readFileSync(join(folder, 'parity.md'), 'utf8');
const sectionOf = (title: string): string => page.split(/^## /m).find((section) => section.startsWith(title)) ?? '';

/** The cells of the rows that begin with such a name, and which specs they name. */
function rowsOf(text: string, name: RegExp) {
  const lines = text.split('\n').filter((line) => line.startsWith('| '));
  const rows = lines.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
  return rows
    .filter(([first = '']) => name.test(first))
    .map(([first = '', phrase = '', ...rest]) => ({ name: first, phrase, rest, specs: specsOf(rest.join(' ')) }));
}

/** The specs that a text links to: `[title](file)`. */
const specsOf = (text: string) =>
  [...text.matchAll(/\[([^\]]+)\]\(([^)]+\.spec\.ts)\)/g)].map(([, title = '', file = '']) => ({ title, file }));

/** Whether a spec has a test or a suite of that title, written so. */
function has({ title, file }: { title: string; file: string }): boolean {
  const path = join(folder, file);
  if (!existsSync(path)) return false;
  const source = readFileSync(path, 'utf8');
  return ["'", '`', '"'].some((quote) => /\b(it|describe)\($/.test(source.split(`${quote}${title}${quote},`)[0] ?? ''));
}

const [table = ''] = page.split(/^## /m);
const rows = rowsOf(table, /^B\d+$/);
const bugs = rowsOf(sectionOf('Bugs'), /^\d+$/);

describe('docs/parity.md', () => {
  it('has every behaviour of the Python library, once, in their order', () => {
    const numbers = Array.from({ length: 148 }, (_, index) => `B${index + 1}`);
    expect(rows.map(({ name }) => name)).to.deep.equal(numbers);
  });

  it('says of each what it is about, and what became of it', () => {
    for (const { name, phrase, rest } of rows) {
      expect(rest, name).to.have.lengthOf(2);
      expect(phrase, name).to.match(/\w+/);
      expect(rest[0], name).to.be.oneOf(['held', 'different', 'gone']);
    }
  });

  it('names specs that there are', () => {
    const named = [...rows, ...bugs].flatMap(({ specs }) => specs);
    expect(named.length).to.be.greaterThan(120);
    expect(named.filter((each) => !has(each))).to.deep.equal([]);
  });

  it('names a spec for what is held, a reason for what is different, an operator for what is gone', () => {
    for (const { name, rest, specs } of rows) {
      const [kind, how = ''] = rest;
      const reason = how.replace(/\[[^\]]+\]\([^)]+\)(; )?/g, '').trim();
      const code = [...how.matchAll(/`(\w+)/g)].map(([, word = '']) => word);
      if (kind === 'held') expect(specs, name).not.to.be.empty;
      if (kind === 'different') expect(reason.length, name).to.be.greaterThan(15);
      if (kind === 'gone')
        expect(
          code.filter((word) => word in rxjs),
          name,
        ).not.to.be.empty;
    }
  });

  it('has each bug, with a spec that it is not ours', () => {
    expect(bugs.map(({ name }) => name)).to.deep.equal(Array.from({ length: 12 }, (_, index) => `${index + 1}`));
    for (const { name, specs } of bugs) expect(specs, name).not.to.be.empty;
  });
});
