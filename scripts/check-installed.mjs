// Checks the package as somebody has it who has installed it: packed, with its peers, in a folder of its own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { checkCommand } from './check-command.mjs';
import { checkTypes } from './check-types.mjs';

const folder = mkdtempSync(join(tmpdir(), 'miniagents-package-'));

/** Runs a command in there. @throws where it ends otherwise than expected (`null`: anyhow). */
function run(command, args, { status = 0, ...options } = {}) {
  const ended = spawnSync(command, args, { cwd: folder, encoding: 'utf8', ...options });
  if (ended.error) throw ended.error;
  const said = `${ended.stdout}${ended.stderr}`;
  if (status !== null)
    assert.equal(ended.status, status, `${command} ${args.join(' ')} ended with ${ended.status}:\n${said}`);
  return ended;
}

try {
  const { version, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const peers = ['rxjs', 'immutable'].map((name) => `${name}@${peerDependencies[name]}`);
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
  const { stdout } = run('npm', pack, { cwd: process.cwd() });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefer-offline', `./${stdout.trim()}`, ...peers]);
  checkCommand({ folder, run, version });
  checkTypes({ folder, run });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
