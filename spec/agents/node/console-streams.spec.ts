import { expect } from 'chai';
import { PassThrough } from 'node:stream';
import { printable, showsColours } from '../../../lib/agents/node/console-streams.js';

describe('showsColours', () => {
  const before = process.env['NO_COLOR'];
  const output = (terminal: object) => Object.assign(new PassThrough(), terminal);

  beforeEach(() => delete process.env['NO_COLOR']);
  afterEach(() => {
    if (before === undefined) delete process.env['NO_COLOR'];
    else process.env['NO_COLOR'] = before;
  });

  it('is so on a terminal that has colours, and nowhere else', () => {
    expect(showsColours(output({ isTTY: true }))).to.equal(true);
    expect(showsColours(output({ isTTY: true, hasColors: () => false }))).to.equal(false);
    expect(showsColours(output({}))).to.equal(false);
  });

  it('is not so where NO_COLOR is set', () => {
    process.env['NO_COLOR'] = '1';
    expect(showsColours(output({ isTTY: true, hasColors: () => true }))).to.equal(false);
  });
});

describe('printable', () => {
  it('leaves out what a terminal would act on, and keeps lines, tabs and all letters', () => {
    expect(printable('a\x1b[31m\x07b\u009b\r\nc\td\re ö 日本 🙂')).to.equal('a[31mb\nc\td\ne ö 日本 🙂');
  });
});
