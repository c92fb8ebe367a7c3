import { expect } from 'chai';
import { type Recording, toMarbleDiagram } from 'miniagents/testing';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runs } from '../testing/picture/runs.js';
import { command } from './support.js';

describe('miniagents diagram', () => {
  const folder = mkdtempSync(join(tmpdir(), 'miniagents-diagram-'));
  const at = (name: string): string => join(folder, name);
  const recording = runs['eight agents']?.() as Recording;
  const diagram = toMarbleDiagram(recording, { title: 'run' });
  const written = (name: string): string => readFileSync(at(name), 'utf8');

  before(() => {
    writeFileSync(at('run.jsonl'), String(recording));
    mkdirSync(at('a folder.svg'));
    symlinkSync(at('run.jsonl'), at('link.svg'));
  });

  after(() => rmSync(folder, { recursive: true }));

  it('is text where no file is named, as wide as the terminal', async () => {
    expect((await command(['diagram', at('run.jsonl')])).out).to.equal(diagram.toText());
    expect((await command(['diagram', at('run.jsonl')], { columns: 120 })).out).to.equal(
      diagram.toText({ width: 120 }),
    );
    expect((await command(['diagram', at('run.jsonl')], { columns: 7 })).out).to.equal(diagram.toText({ width: 40 }));
    const options = ['-o', '-', '-w', '50', '-u'];
    const text = diagram.toText({ width: 50, unicode: true });
    expect((await command(['diagram', ...options, at('run.jsonl')])).out).to.equal(text);
  });

  it('is what the name of the file ends with', async () => {
    for (const [name, picture] of [
      ['run.svg', diagram.toSVG()],
      ['run.HTML', diagram.toHTML()],
      ['run.htm', diagram.toHTML()],
      ['run.txt', diagram.toText()],
    ] as const) {
      expect(await command(['diagram', at('run.jsonl'), '-o', at(name)])).to.deep.equal({ code: 0, out: '', log: '' });
      expect(written(name)).to.equal(picture);
    }
  });

  it('is what is asked for, whatever the file is called', async () => {
    await command(['diagram', at('run.jsonl'), '-o', at('picture'), '-f', 'svg', '-w', '600', '-t', 'my title']);
    expect(written('picture')).to.equal(toMarbleDiagram(recording, { title: 'my title' }).toSVG({ width: 600 }));
    expect((await command(['diagram', at('run.jsonl'), '--format=html'])).out).to.equal(diagram.toHTML());
  });

  it('reads standard input', async () => {
    const { out } = await command(['diagram', '-'], { input: String(recording) });
    expect(out).to.equal(toMarbleDiagram(recording).toText());
  });

  it('says what is wrong with a recording, and in which line', async () => {
    const lines = String(recording).split('\n');
    writeFileSync(at('broken.jsonl'), [...lines.slice(0, 2), '{"at":', ...lines.slice(3)].join('\n'));
    expect(await command(['diagram', at('broken.jsonl')])).to.deep.equal({
      ...{ code: 1, out: '' },
      log: `miniagents: line 3 of ${at('broken.jsonl')}: expected a line of JSON; got "{\\"at\\":" (string)\n`,
    });
    const { code, log } = await command(['diagram', '-'], { input: '{"recording":99}\n' });
    expect(code).to.equal(1);
    expect(log).to.match(/^miniagents: line 1 of standard input: expected a recording of version 1, .*\n$/);
  });

  it('says what it cannot read or write', async () => {
    const failures: [args: string[], log: string][] = [
      [[at('nothing')], `cannot read ${at('nothing')}: there is no such file or folder`],
      [[folder], `cannot read ${folder}: it is a folder`],
      [[at('run.jsonl'), '-o', at('a folder.svg')], `cannot write ${at('a folder.svg')}: it is a folder`],
      [[at('run.jsonl'), '-o', at('no/run.svg')], `cannot write ${at('no/run.svg')}: there is no such file or folder`],
    ];
    for (const [args, log] of failures)
      expect(await command(['diagram', ...args])).to.deep.equal({ code: 1, out: '', log: `miniagents: ${log}\n` });
  });

  it('refuses what was not written as it has to be', async () => {
    const misuses: [args: string[], log: string][] = [
      [['a', '-f', '\x1b[31m\x9bK'], 'expected svg, html or text as --format; got [31m K'],
      [[], 'expected the file of a recording, or - for standard input'],
      [['a', 'b'], 'expected one recording; got 2'],
      [['a', '--loud'], "Unknown option '--loud'"],
      [['a', '-o'], "Option '-o, --output <value>' argument missing"],
      [
        ['a', '-o', 'run.png'],
        'cannot tell the format from the name run.png: expected .svg, .html or .txt, or --format',
      ],
      [['a', '-f', 'pdf'], 'expected svg, html or text as --format; got pdf'],
      [['a', '-f', 'toString'], 'expected svg, html or text as --format; got toString'],
      [[at('run.jsonl'), '-w', 'wide'], 'expected a whole number from 40 to 100000 as width; got "wide" (string)'],
      [
        [at('run.jsonl'), '-f', 'svg', '-o', at('run.jsonl')],
        `${at('run.jsonl')} is the recording: it is not overwritten`,
      ],
      [[at('run.jsonl'), '-o', at('link.svg')], `${at('run.jsonl')} is the recording: it is not overwritten`],
    ];
    for (const [args, log] of misuses)
      expect(await command(['diagram', ...args])).to.deep.equal({
        ...{ code: 2, out: '', log: `miniagents: ${log}; see miniagents diagram --help\n` },
      });
    expect(written('run.jsonl')).to.equal(String(recording));
  });

  it('tells what it takes', async () => {
    expect((await command(['diagram', '--help'])).out).to.match(/^Usage: miniagents diagram <recording> \[options\]\n/);
  });
});
