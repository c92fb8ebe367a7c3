import { expect } from 'chai';
import { PastedText } from '../../../lib/agents/node/pasted-text.js';
import { Keyboard } from './console-support.js';

const [BEGIN, END] = ['\x1b[200~', '\x1b[201~'];

describe('PastedText', () => {
  let pasted: PastedText;
  /** What comes out for what is typed, chunk by chunk. */
  const typed = (...chunks: (string | Buffer)[]): string => {
    for (const chunk of chunks) pasted.write(chunk);
    return ((pasted.read() as Buffer | null) ?? '').toString();
  };
  beforeEach(() => (pasted = new PastedText(new Keyboard())));

  it('lets what is typed through, keys too', () => {
    expect(typed('a', 'b\r', '\x1b[A', '\x03', Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1))).to.equal(
      'ab\r\x1b[A\x03é',
    );
    expect(typed('hello\r')).to.equal('hello\r');
    expect(typed('\r\r')).to.equal('\r\r');
  });

  it('lets a short pasted text through, and a mark in place of several lines', () => {
    expect(typed(`${BEGIN}short${END}`)).to.equal('short');
    expect(typed(`x${BEGIN}one\r\ntwo\rthree\n${END}y\r`)).to.equal('x[pasted 1: 3 lines]y\r');
    expect(pasted.expand('x[pasted 1: 3 lines]y')).to.equal('xone\ntwo\nthree\ny');
  });

  it('has a mark in place of a long line', () => {
    const long = 'x'.repeat(100_000);
    expect(typed(`${BEGIN}${long}${END}`)).to.equal('[pasted 1: 100000 characters]');
    expect(pasted.expand('[pasted 1: 100000 characters] [pasted 2: 1 lines]')).to.equal(`${long} [pasted 2: 1 lines]`);
  });

  it('knows a pasted text however it is cut', () => {
    const text = `a${BEGIN}one\rtwo${END}b\r`;
    for (let at = 1; at < text.length; at++) {
      pasted = new PastedText(new Keyboard());
      expect(typed(text.slice(0, at), text.slice(at))).to.equal('a[pasted 1: 2 lines]b\r');
    }
  });

  it('keeps control characters from the terminal, and gives them back', () => {
    expect(typed(`${BEGIN}\x1b[2J\t${END}`)).to.equal('[pasted 1: 5 characters]');
    expect(pasted.expand('[pasted 1: 5 characters]')).to.equal('\x1b[2J\t');
  });

  it('takes several lines at once for pasted, where the terminal does not tell', () => {
    expect(typed('one\rtwo\r')).to.equal('[pasted 1: 2 lines]');
    expect(pasted.expand('[pasted 1: 2 lines]')).to.equal('one\ntwo\n');
  });

  it('takes what comes right after that for a further part of it', () => {
    const back = '\x7f'.repeat('[pasted 1: 2 lines]'.length);
    expect(typed('one\rtwo', ' three\rfour\r')).to.equal(`[pasted 1: 2 lines]${back}[pasted 1: 3 lines]`);
    expect(pasted.expand('[pasted 1: 3 lines]')).to.equal('one\ntwo three\nfour\n');
  });

  it('takes a line break after a single line for Enter', () => {
    expect(typed(`${'x'.repeat(300)}\r`)).to.equal('[pasted 1: 300 characters]\r');
  });

  it('gives what was not finished at the end', () => {
    pasted.write(`a${BEGIN}one\rtwo`);
    pasted.end();
    expect((pasted.read() as Buffer).toString()).to.equal('a[pasted 1: 2 lines]');
  });

  it('sets the mode of the terminal that it stands before', () => {
    const keyboard = new Keyboard();
    new PastedText(keyboard).setRawMode(true);
    expect(keyboard.raw).to.equal(true);
  });
});
