import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { readLines } from '../../lib/store/read-lines.js';
import { temporaryFolders } from './temporary.js';

describe('readLines', () => {
  const folder = temporaryFolders();

  async function linesOf(content: string): Promise<[line: string, at: number][]> {
    const path = join(folder(), 'lines');
    writeFileSync(path, content);
    const file = await open(path, 'r');
    const lines: [string, number][] = [];
    for await (const { bytes, at, hasEnd } of readLines(file))
      lines.push([`${bytes.toString()}${hasEnd ? '' : '…'}`, at]);
    await file.close();
    return lines;
  }

  it('gives each line, where it begins in bytes, and whether it has an end', async () => {
    expect(await linesOf('é\n\nb\nrest')).to.deep.equal([
      ['é', 0],
      ['', 3],
      ['b', 4],
      ['rest…', 6],
    ]);
    expect(await linesOf('')).to.deep.equal([]);
    expect(await linesOf('rest')).to.deep.equal([['rest…', 0]]);
  });

  it('gives lines longer than what is read at once, and those that end where that ends', async () => {
    const chunk = 1 << 20;
    const lines = ['a'.repeat(chunk - 1), 'b'.repeat(chunk), 'é'.repeat(2 * chunk), 'c'.repeat(chunk - 3), 'd'];
    const got = await linesOf(lines.map((line) => `${line}\n`).join(''));
    expect(got.map(([line]) => line)).to.satisfy((given: string[]) =>
      given.every((line, place) => line === lines[place]),
    );
    let at = 0;
    for (const [place, [, given]] of got.entries()) {
      expect(given).to.equal(at);
      at += Buffer.byteLength(lines[place] ?? '') + 1;
    }
    expect(got).to.have.length(lines.length);
  });
});
