// What `npx miniagents` does for somebody who has installed the package.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';

const EVENTS = [
  { at: 0, type: 'inquired', run: '1', agent: 'hello', params: {} },
  { at: 0, type: 'started', run: '1' },
  { at: 5, type: 'replied', run: '1', message: '1>1' },
  { at: 5, type: 'resolved', message: '1>1', value: { $type: 'Message', text: 'Hello!' } },
  { at: 9, type: 'finished', run: '1' },
];

export function checkCommand({ folder, run, version }) {
  writeFileSync(
    join(folder, 'run.jsonl'),
    `${[{ recording: 1 }, ...EVENTS].map((line) => JSON.stringify(line)).join('\n')}\n`,
  );
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
}
