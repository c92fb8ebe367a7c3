import { expect } from 'chai';
import { spawn, spawnSync } from 'node:child_process';
import type { StdioOptions } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { toMarbleDiagram } from 'miniagents/testing';
import { runs } from '../testing/picture/runs.js';

const root = dirname(require.resolve('miniagents/package.json'));
const { bin, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  bin: { miniagents: string };
  version: string;
};
/** The command from where this process has the library: the source, or the build. */
const conditions = process.execArgv.filter((option) => /^(-C|--conditions)/.test(option));
const program = conditions.some((option) => option.includes('miniagents-source'))
  ? [
      ...conditions,
      '--disable-warning=DEP0180',
      '--require',
      join(root, 'scripts/register.cjs'),
      join(root, 'lib/cli/main.node.ts'),
    ]
  : [join(root, bin.miniagents)];

describe('the command miniagents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'miniagents-command-'));
  // From source it is compiled as this project is, wherever it runs.
  const env = { ...process.env, TS_NODE_PROJECT: join(root, 'tsconfig.json') };
  const run = (args: string[], input = '') => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...args], {
      cwd: folder,
      encoding: 'utf8',
      input,
      env,
      maxBuffer: 1e8,
    });
    return { status, stdout, stderr };
  };
  const recording = String(runs['eight agents']?.());

  before(() => writeFileSync(join(folder, 'run.jsonl'), recording));
  after(() => rmSync(folder, { recursive: true }));

  it('draws a recording', () => {
    const diagram = toMarbleDiagram(runs['eight agents']?.() as never, { title: 'run' });
    expect(run(['diagram', 'run.jsonl'])).to.deep.equal({ status: 0, stdout: diagram.toText(), stderr: '' });
    expect(run(['diagram', 'run.jsonl', '-o', 'run.svg'])).to.deep.equal({ status: 0, stdout: '', stderr: '' });
    expect(readFileSync(join(folder, 'run.svg'), 'utf8')).to.equal(diagram.toSVG());
  });

  it('reads standard input', () => {
    const { status, stdout } = run(['diagram', '-', '--format', 'html'], recording);
    expect({ status, start: stdout.slice(0, 15) }).to.deep.equal({ status: 0, start: '<!doctype html>' });
  });

  it('says what version it is, and what it can do', () => {
    expect(run(['--version'])).to.deep.equal({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(run(['--help']).stdout)
      .to.include('Usage: miniagents <command>')
      .and.include('--output <file>');
  });

  it('says in one line what is wrong, and ends with 1 or 2', () => {
    const missing = 'miniagents: cannot read nothing.jsonl: there is no such file or folder\n';
    expect(run(['diagram', 'nothing.jsonl'])).to.deep.equal({ status: 1, stdout: '', stderr: missing });
    expect(run(['dance'])).to.deep.equal({
      ...{ status: 2, stdout: '', stderr: 'miniagents: no such command: dance; see miniagents --help\n' },
    });
  });

  // Linux has such a device.
  if (existsSync('/dev/full'))
    it('says so where its output cannot be written', () => {
      const full = openSync('/dev/full', 'w');
      const stdio: StdioOptions = ['ignore', full, 'pipe'];
      const { status, stderr } = spawnSync(process.execPath, [...program, '--help'], { encoding: 'utf8', env, stdio });
      closeSync(full);
      expect({ status, stderr }).to.deep.equal({
        ...{ status: 1, stderr: 'miniagents: cannot write: ENOSPC: no space left on device, write\n' },
      });
    });

  it('is quiet where its reader has had enough', async () => {
    writeFileSync(join(folder, 'large.jsonl'), String(runs['one hundred agents']?.()));
    const child = spawn(process.execPath, [...program, 'diagram', 'large.jsonl', '-f', 'html'], { cwd: folder, env });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect({ code, errors }).to.deep.equal({ code: 0, errors: '' });
  });
});
