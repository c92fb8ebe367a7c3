import { expect } from 'chai';
import type { Cluster } from '../../../lib/testing/picture/clusters.js';
import { labelsOf } from '../../../lib/testing/picture/labels.js';
import type { Label } from '../../../lib/testing/picture/labels.js';

const measure = { time: 60, margin: 20, character: 1, marble: 1, tick: 1, ellipsis: '...' };
const said = (x: number, text: string, kind: 'asked' | 'reply' = 'reply', first = true): Cluster => ({
  ...{ x, kind, first, colour: 0 },
  marks: [{ at: x, kind, first, message: { tokens: [text] } as never }],
});
const shown = (labels: Label[]): string[] => labels.map(({ x, text }) => `${x} ${text}`);

describe('labelsOf', () => {
  it('stand below their marbles, cut where the next one begins', () => {
    const labels = labelsOf([said(0, 'a long text that goes on'), said(15, 'short')], measure);
    expect(shown(labels)).to.deep.equal(['0 a long text...', '15 short']);
  });

  it('leave out what there is no room for, and what is passed on', () => {
    const labels = labelsOf([said(0, 'one'), said(3, 'two'), said(6, 'three'), said(30, 'x', 'reply', false)], measure);
    expect(shown(labels)).to.deep.equal(['0 one']);
  });

  it('tell what was asked where there is room left', () => {
    const room = labelsOf([said(0, 'question', 'asked'), said(30, 'answer')], measure);
    expect(shown(room)).to.deep.equal(['0 > question', '30 answer']);
    expect(shown(labelsOf([said(28, 'question', 'asked'), said(30, 'answer')], measure))).to.deep.equal(['30 answer']);
  });

  it('tell the words of several in one', () => {
    const marks = [said(0, 'one'), said(0, 'two'), said(0, 'one')].flatMap((cluster) => cluster.marks);
    expect(shown(labelsOf([{ ...said(0, ''), marks }], measure))).to.deep.equal(['0 one | two']);
  });

  it('begin further left at the end, but never over another one, nor out of the picture', () => {
    const text = 'a text that needs more room than that';
    expect(shown(labelsOf([said(60, text)], measure))).to.deep.equal(['48 a text that needs more room t...']);
    for (let x = 0; x <= 60; x++) {
      const labels = labelsOf([said(x / 3, text), said(x, text)], measure);
      const ends = labels.map((label) => label.x + label.text.length);
      expect(Math.max(...ends)).to.be.at.most(80);
      if (labels[1]) expect(labels[1].x).to.be.above(ends[0] as number);
    }
  });
});
