// The package as somebody has it who has installed it: packed, with its peers, in a folder of its own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';

/** Calls `check` with that folder, and a way to run commands in it that throws where one ends otherwise than expected (`null`: anyhow). */
export function inInstalled(check) {
  const folder = mkdtempSync(join(tmpdir(), 'miniagents-package-'));
  const run = (command, args, { status = 0, ...options } = {}) => {
    const ended = spawnSync(command, args, { cwd: folder, encoding: 'utf8', ...options });
    if (ended.error) throw ended.error;
    const said = `${ended.stdout}${ended.stderr}`;
    if (status !== null)
      assert.equal(ended.status, status, `${command} ${args.join(' ')} ended with ${ended.status}:\n${said}`);
    return ended;
  };
  try {
    const { version, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const peers = ['rxjs', 'immutable'].map((name) => `${name}@${peerDependencies[name]}`);
    const { stdout } = run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
      cwd: process.cwd(),
    });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefer-offline', `./${stdout.trim()}`, ...peers]);
    check({ folder, run, version });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
