import { expect } from 'chai';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { DISCARDED, LineReader } from '../../../lib/agents/node/line-reader.js';
import { Keyboard, Written } from './console-support.js';

describe('LineReader', () => {
  const { signal } = new AbortController();

  describe('from a file or a pipe', () => {
    it('gives the lines, whatever their ends, also those that came before they were asked for, and then nothing', async () => {
      const input = new PassThrough();
      const reader = new LineReader(input, undefined, []);
      input.end('one\r\ntwo\n\nthree');
      for (const line of ['one', 'two', '', 'three', undefined, undefined])
        expect(await reader.read('', signal)).to.equal(line);
    });

    it('gives lines as they come', async () => {
      const input = new PassThrough();
      const reader = new LineReader(input, undefined, []);
      const one = reader.read('', signal);
      input.write('on');
      input.write('e\n');
      expect(await one).to.equal('one');
      const two = reader.read('', signal);
      input.write('two\n');
      expect(await two).to.equal('two');
      expect(input.isPaused()).to.equal(true);
    });

    it('fails with what the input fails with', async () => {
      const input = new PassThrough();
      const reader = new LineReader(input, undefined, []);
      const line = reader.read('', signal).catch(String);
      input.destroy(new RangeError('boom'));
      expect(await line).to.equal('RangeError: boom');
    });

    for (const [what, leave, expected] of [
      ['has ended', (input) => input.end().resume(), undefined],
      ['was destroyed', (input) => input.destroy(), undefined],
      ['has failed', (input) => input.on('error', () => {}).destroy(new RangeError('boom')), 'RangeError: boom'],
    ] as [string, (input: PassThrough) => unknown, string | undefined][]) {
      it(`finds an input that ${what} before it was asked`, async () => {
        const input = new PassThrough();
        const closed = once(input, 'close').catch(() => {});
        leave(input);
        await closed;
        for (const reader of [new LineReader(input, undefined, []), new LineReader(input, new Written(), [])])
          expect(await reader.read('', signal).catch(String)).to.equal(expected);
      });
    }

    it('finds an input that is destroyed while it is asked', async () => {
      const input = new PassThrough();
      const line = new LineReader(input, undefined, []).read('', signal);
      input.destroy();
      expect(await line).to.equal(undefined);
    });

    it('stops when it is aborted, and goes on when it is asked again', async () => {
      const input = new PassThrough();
      const reader = new LineReader(input, undefined, []);
      const controller = new AbortController();
      const line = reader.read('', controller.signal).catch(String);
      controller.abort(new RangeError('enough'));
      expect(await line).to.equal('RangeError: enough');
      expect(await reader.read('', controller.signal).catch(String)).to.equal('RangeError: enough');
      input.end('one\n');
      expect(await reader.read('', signal)).to.equal('one');
    });

    it('keeps a line that comes in the turn in which it is aborted', async () => {
      const input = new PassThrough();
      const reader = new LineReader(input, undefined, []);
      const controller = new AbortController();
      const line = reader.read('', controller.signal).catch(() => 'aborted');
      controller.abort();
      input.write('one\n');
      expect(await line).to.equal('aborted');
      expect(await reader.read('', signal)).to.equal('one');
    });
  });

  describe('at a terminal', () => {
    let keyboard: Keyboard;
    let screen: Written;
    let reader: LineReader;
    const type = async (keys: string, goesOn = false) => {
      const line = reader.read('> ', signal, goesOn);
      keyboard.write(keys);
      return line;
    };

    beforeEach(() => {
      keyboard = new Keyboard();
      screen = new Written(true);
      reader = new LineReader(keyboard, screen, ['oldest', 'latest']);
    });

    it('asks with a prompt, shows what is typed, and is in raw mode only meanwhile', async () => {
      const line = reader.read('> ', signal);
      await screen.has('> ');
      expect(keyboard.raw).to.equal(true);
      keyboard.write('hellp');
      await screen.has('hellp');
      keyboard.write('\x7fo\r');
      expect(await line).to.equal('hello');
      expect(keyboard.raw).to.equal(false);
      expect(keyboard.isPaused()).to.equal(true);
    });

    it('keeps what is typed while nobody asks', async () => {
      expect(await type('one\r')).to.equal('one');
      keyboard.write('ahead');
      expect(await type('\r')).to.equal('ahead');
    });

    it('finds earlier lines with the arrow keys', async () => {
      expect(await type('\x1b[A\r')).to.equal('latest');
      expect(await type('new\r')).to.equal('new');
      expect(await type('\x1b[A\x1b[A\x1b[A\r')).to.equal('oldest');
    });

    it('asks the terminal to tell what is pasted, and expands it', async () => {
      const line = await type('\x1b[200~a\rb\x1b[201~\r');
      expect(line).to.equal('[pasted 1: 2 lines]');
      expect(reader.expand(line as string)).to.equal('a\nb');
      expect(screen.text).to.match(/^\x1b\[\?2004h/);
      await screen.has('\x1b[?2004l');
    });

    it('takes back what was typed on Ctrl-C, which the arrow keys still find', async () => {
      expect(await type('typed\x03')).to.equal(DISCARDED);
      await screen.has('typed^C');
      expect(await type('\x1b[A\r')).to.equal('typed');
      expect(await type('\x03', true)).to.equal(DISCARDED);
    });

    it('ends on Ctrl-C and on Ctrl-D at an empty line, and with the input', async () => {
      expect(await type('\x03')).to.equal(undefined);
      expect(await type('too late\r')).to.equal(undefined);
      reader = new LineReader((keyboard = new Keyboard()), screen, []);
      expect(await type('\x04')).to.equal(undefined);
      reader = new LineReader((keyboard = new Keyboard()), screen, []);
      const line = reader.read('> ', signal);
      keyboard.end();
      expect(await line).to.equal(undefined);
      expect(keyboard.raw).to.equal(false);
    });
  });
});
