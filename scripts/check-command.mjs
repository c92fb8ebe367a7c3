// What `npx miniagents` does for somebody who has installed the package: packed, installed in a folder of its own, and run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';

const folder = mkdtempSync(join(tmpdir(), 'miniagents-package-'));

function run(command, args, { status = 0, ...options } = {}) {
  const ended = spawnSync(command, args, { cwd: folder, encoding: 'utf8', ...options });
  if (ended.error) throw ended.error;
  assert.equal(ended.status, status, `${command} ${args.join(' ')} ended with ${ended.status}:\n${ended.stderr}`);
  return ended;
}

const EVENTS = [
  { at: 0, type: 'inquired', run: '1', agent: 'hello', params: {} },
  { at: 0, type: 'started', run: '1' },
  { at: 5, type: 'replied', run: '1', message: '1>1' },
  { at: 5, type: 'resolved', message: '1>1', value: { $type: 'Message', text: 'Hello!' } },
  { at: 9, type: 'finished', run: '1' },
];

try {
  const { version, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const peers = ['rxjs', 'immutable'].map((name) => `${name}@${peerDependencies[name]}`);
  const { stdout } = run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: process.cwd() });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  writeFileSync(
    join(folder, 'run.jsonl'),
    `${[{ recording: 1 }, ...EVENTS].map((line) => JSON.stringify(line)).join('\n')}\n`,
  );
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefer-offline', `./${stdout.trim()}`, ...peers]);
  const command = (args, options) => run('npx', ['--no-install', 'miniagents', ...args], options);

  assert.equal(command(['--version']).stdout, `${version}\n`);
  command(['diagram', 'run.jsonl', '-o', 'run.svg']);
  const svg = readFileSync(join(folder, 'run.svg'), 'utf8');
  assert.match(svg, /^<svg [^]*>Hello!<\/text>[^]*<\/svg>\n$/);
  assert.match(
    command(['diagram', '-'], { input: readFileSync(join(folder, 'run.jsonl')) }).stdout,
    /\nhello {2}-+O-+\|\n/,
  );
  const { stderr } = command(['diagram', 'nothing.jsonl'], { status: 1 });
  assert.match(stderr, /^miniagents: cannot read nothing\.jsonl: there is no such file or folder$/m);
  console.log('npx miniagents: draws recordings from the packed package');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
