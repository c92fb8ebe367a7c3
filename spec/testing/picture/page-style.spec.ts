import { expect } from 'chai';
import { layOut } from '../../../lib/testing/picture/layout.js';
import { DEEPEST, pageStyle } from '../../../lib/testing/picture/page-style.js';
import { tell } from '../../../lib/testing/picture/tell.js';
import { WrittenRun } from './written-run.js';

const measure = { time: 700, margin: 100, character: 7, marble: 14, tick: 2, ellipsis: '…' };

describe('pageStyle', () => {
  it('sets each level in, down to where nobody could tell any more', () => {
    const run = new WrittenRun();
    let outer = run.call(0, 'level 0');
    for (let level = 1; level < 100; level++) outer = run.call(0, `level ${level}`, outer);
    const style = pageStyle({ width: 200, indent: 1.5 }, layOut(tell(run.events), measure).lanes);
    expect(style.match(/^\.d\d+\{padding-left:[\d.]+px\}$/gm)).to.have.length(DEEPEST + 1);
    expect(style).to.include('.d3{padding-left:4.5px}');
  });

  it('asks for nothing from elsewhere, and cannot end the style that it stands in', () => {
    expect(pageStyle({ width: 200, indent: 16 }, [])).to.not.match(/url\(|@import|</);
  });
});
