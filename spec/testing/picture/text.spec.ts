import { expect } from 'chai';
import { tell } from '../../../lib/testing/picture/tell.js';
import { toText } from '../../../lib/testing/picture/text.js';
import { columnsOf } from '../../../lib/testing/picture/words.js';
import { runs } from './runs.js';

const draw = (title: string, width = 80, isUnicode = false): string =>
  toText(tell(runs[title]?.().events ?? []), { width, title, isUnicode });

describe('toText', () => {
  for (const title of Object.keys(runs))
    it(`${title}: fits, however narrow, and means nothing to a terminal`, () => {
      for (const width of [40, 60, 80, 200])
        for (const isUnicode of [false, true])
          for (const line of draw(title, width, isUnicode).split('\n')) {
            expect(columnsOf(line), `${width}: ${line}`).to.be.at.most(width);
            expect(line).to.not.match(/[\0-\x1f\x7f-\x9f\u202a-\u202e]| $/);
          }
    });

  it('is in ASCII', () => {
    for (const title of ['one agent', 'eight agents', 'one hundred agents', 'not ended'])
      expect(draw(title)).to.match(/^[\n -~]*$/);
  });

  it('shows what happened, in columns of time', () => {
    const lines = draw('not ended').split('\n');
    expect(lines.slice(3)).to.deep.equal([
      '                 0 ms                30 s                1 min',
      'chat             ?-O----------------------------------------------->',
      '                   Well, I',
      '  tool                  ...---------------------------------------->',
      '  never started               .....................................>',
      '',
      "? asked   O message   ': tokens   > not ended",
      '',
    ]);
  });

  it('says so where nothing happened', () => {
    expect(draw('nothing')).to.equal('nothing\nNothing happened in this run.\n');
  });
});
