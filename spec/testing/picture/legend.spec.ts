import { expect } from 'chai';
import { layOut } from '../../../lib/testing/picture/layout.js';
import { legend } from '../../../lib/testing/picture/legend.js';
import { tell } from '../../../lib/testing/picture/tell.js';
import { runs } from './runs.js';

const measure = { time: 700, margin: 100, character: 7, marble: 14, tick: 2, ellipsis: '…' };
const drawn = (title: string, width = 1000) => legend(layOut(tell(runs[title]?.().events ?? []), measure), width);
const meanings = (title: string): string[] =>
  [...drawn(title).shapes.matchAll(/>([a-z ]+)<\/text>/g)].map(([, meaning = '']) => meaning);

describe('legend', () => {
  it('explains what there is in a picture, and nothing else', () => {
    expect(meanings('one agent')).to.deep.equal(['asked', 'message', 'tokens']);
    expect(meanings('eight agents')).to.deep.equal([
      'asked',
      'message',
      'passed on',
      'tokens',
      'error',
      'cancelled',
      'not started',
    ]);
    expect(meanings('not ended')).to.include('not ended');
    expect(drawn('nothing')).to.deep.equal({ shapes: '', height: 0 });
  });

  it('goes on in a new line where it is too long', () => {
    expect(drawn('eight agents', 1000).height).to.equal(24);
    expect(drawn('eight agents', 400).height).to.equal(48);
  });
});
