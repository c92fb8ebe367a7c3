import { expect } from 'chai';
import type { WriteStream } from 'node:tty';
import { openPage } from '../../samples/digest/open-page.js';
import type { Page } from '../../samples/digest/page.js';
import { FakeTerminal } from './fake-terminal.js';

const TEXT = 'A text that is long enough to be broken into several lines of this narrow terminal.';

/** Tokens as a model might cut them: anywhere. */
const tokensOf = (text: string): string[] => text.match(/[\s\S]{1,4}/g) ?? [];

function write(page: Page): void {
  page.note('A note.');
  page.heading('a.md');
  page.progress('1 of 2');
  for (const token of tokensOf(TEXT)) page.text(token);
  page.end();
  page.progress('2 of 2');
  page.heading('b.md');
  page.error('Skipped: it is empty');
  page.close('The end.');
}

const collector = () => {
  const collected = { text: '' };
  const stream = { write: (text: string) => (collected.text += text) } as unknown as WriteStream;
  return { collected, stream };
};

const WRAPPED = ['  A text that is long enough to', '  be broken into several lines', '  of this narrow terminal.'];

describe('the page of a digest', () => {
  it('in a file is Markdown, whole lines and nothing that only a terminal understands', () => {
    const [out, log] = [collector(), collector()];
    write(openPage(out.stream, log.stream));
    const sections = [`## a.md\n\n${TEXT}\n\n`, '## b.md\n\nSkipped: it is empty\n\n'];
    expect(out.collected.text).to.equal(`A note.\n\n${sections.join('')}`);
    expect(log.collected.text).to.equal('The end.\n');
  });

  it('at a terminal is broken into indented lines', () => {
    const terminal = new FakeTerminal(33, 24);
    write(openPage(terminal.stream(), terminal.stream()));
    const lines = ['A note.', '', 'a.md', ...WRAPPED, '', 'b.md', '  ✗ Skipped: it is empty', '', 'The end.'];
    expect(terminal.screen).to.deep.equal(lines);
    expect(terminal.written).not.to.match(/\x1b\[[\d;]*m/);
  });

  for (const rows of [24, 4])
    it(`at a terminal of ${rows} lines has the progress below what is being written, and leaves no trace of it`, () => {
      const terminal = new FakeTerminal(33, rows);
      const page = openPage(terminal.stream(), terminal.stream());
      page.note('A note.');
      page.heading('a.md');
      for (const [at, token] of tokensOf(TEXT).entries()) {
        page.progress(`token ${at} ${'and so on '.repeat(10)}`);
        page.text(token);
        const [written, progress] = terminal.screen.slice(-2);
        expect(progress).to.equal(`token ${at} ${'and so on '.repeat(10)}`.slice(0, 32).trimEnd());
        expect(
          ['a.md', ...WRAPPED].some((line) => line.startsWith(written ?? '?')),
          written,
        ).to.equal(true);
      }
      page.end();
      page.close('The end.');
      expect(terminal.text).to.equal(['A note.', '', 'a.md', ...WRAPPED, '', 'The end.'].join('\n'));
    });

  it('takes a terminal that says it has no columns for one of the usual width', () => {
    const [usual, unknown] = [new FakeTerminal(80, 24), new FakeTerminal(80, 24)];
    for (const stream of [usual.stream(), unknown.stream(false, 0)]) {
      const page = openPage(stream, stream);
      page.progress('progress '.repeat(20));
      write(page);
    }
    expect(unknown.screen).to.deep.equal(usual.screen);
  });

  it('is left alone when it is closed', () => {
    const [out, log] = [collector(), collector()];
    const terminal = new FakeTerminal(33, 24);
    for (const page of [openPage(out.stream, log.stream), openPage(terminal.stream(), terminal.stream())]) {
      page.text('begun');
      page.close('Stopped.');
      write(page);
    }
    expect([out.collected.text, log.collected.text]).to.deep.equal(['begun', 'Stopped.\n']);
    expect(terminal.screen).to.deep.equal(['  begun', 'Stopped.']);
  });

  it('at a terminal with colours uses them', () => {
    const terminal = new FakeTerminal(80, 24);
    write(openPage(terminal.stream(true), terminal.stream(true)));
    expect(terminal.written).to.include('\x1b[1ma.md\x1b[0m').and.to.include('\x1b[31m  ✗ Skipped:');
  });

  it('indents the items of a list, and breaks long words and wide letters', () => {
    const terminal = new FakeTerminal(17, 24);
    const page = openPage(terminal.stream(), terminal.stream());
    for (const token of tokensOf('- one two three four\n- a0123456789012345678\n10. x 漢字漢字漢字漢字'))
      page.text(token);
    page.end();
    const items = ['  - one two', '    three four', '  -', '    a01234567890', '    12345678'];
    expect(terminal.screen).to.deep.equal([...items, '  10. x 漢字漢字', '      漢字漢字']);
  });

  it('shows nothing that would take over the terminal', () => {
    const terminal = new FakeTerminal(80, 24);
    const page = openPage(terminal.stream(), terminal.stream());
    page.heading('a\x1b[2J.md');
    page.text('b\x07\x1b[31mc\r\nd\x9b');
    page.end();
    expect(terminal.screen).to.deep.equal(['a[2J.md', '  b[31mc', '  d']);
  });
});
