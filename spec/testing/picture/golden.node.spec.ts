import { expect } from 'chai';
import { toMarbleDiagram } from 'miniagents/testing';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runs } from './runs.js';

// Pictures as they are to be: UPDATE_GOLDEN=1 npx mocha spec/testing/picture/golden.node.spec.ts writes them anew. Then look at them.
const folder = join(__dirname, 'golden');
const isUpdate = process.env['UPDATE_GOLDEN'] === '1';

/** Those that are large are looked at in a browser alone: picture.services.ts. */
const LARGE = ['one hundred agents', '50,000 tokens'];

const pictures = Object.entries(runs)
  .filter(([title]) => !LARGE.includes(title))
  .flatMap(([title, record]) => {
    const draw = () => toMarbleDiagram(record(), { title });
    const name = title.replace(/\W+/g, '-');
    return [
      { file: `${name}.svg`, draw: () => draw().toSVG() },
      { file: `${name}.txt`, draw: () => draw().toText({ width: 100 }) },
      ...(title === 'eight agents'
        ? [
            { file: `${name}.html`, draw: () => draw().toHTML() },
            { file: `${name}-unicode.txt`, draw: () => draw().toText({ unicode: true }) },
          ]
        : []),
    ];
  });

describe('pictures', () => {
  for (const { file, draw } of pictures)
    it(`${file} is as it was`, () => {
      const path = join(folder, file);
      if (isUpdate) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(path, draw());
      }
      // In lines, so that what differs can be read.
      const golden = existsSync(path) ? readFileSync(path, 'utf8') : '';
      expect(draw().split('\n')).to.deep.equal(golden.split('\n'));
    });

  it('are all kept', () => {
    expect(readdirSync(folder)).to.have.members(pictures.map(({ file }) => file));
  });
});
