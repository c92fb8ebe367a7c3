import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const load = createRequire(__filename);
const root = dirname(load.resolve('miniagents/package.json'));
const fromSource = load.resolve('miniagents').endsWith('.ts')
  ? ['--conditions=miniagents-source', '--require', join(root, 'scripts/register.cjs')]
  : [];

const suite = `
  const { test } = require('node:test');
  const { miniagent } = require('miniagents');
  const { marbles, asyncMarbles } = require('miniagents/testing');
  const slow = miniagent('slow', async () => { await new Promise((resolve) => setTimeout(resolve, 100)); return 'a'; });
  const leaf = ({ agent, expectTokens }) => expectTokens(agent('leaf', '--a|').inquire());
  test('passes', () => marbles((helpers) => leaf(helpers).toBe('--a|')));
  test('passes, async', () => asyncMarbles(({ expectTokens }) => expectTokens(slow.inquire()).toBe('100ms (a|)')));
  test('fails', () => marbles((helpers) => leaf(helpers).toBe('--a-|')));
  test('fails, async', () => asyncMarbles(({ expectTokens }) => expectTokens(slow.inquire()).toBe('99ms (a|)')));
  test('fails, two at once', () => Promise.all([asyncMarbles(() => {}), asyncMarbles(() => {})]));`;

// The runner of Node prints what is thrown as it is; Jest's and Vitest's do so, too.
describe('the kit in node:test', () => {
  it('passes, fails, and shows both diagrams', async () => {
    const run = promisify(execFile)(process.execPath, [...fromSource, '--test-reporter=tap', '-e', suite], {
      cwd: root,
      env: { ...process.env, NODE_TEST_CONTEXT: undefined },
    });
    const output = await run.then(
      () => expect.fail('it passed'),
      ({ stdout }: { stdout: string }) => stdout,
    );
    expect(output.match(/^(not )?ok .*$/gm)).to.deep.equal([
      'ok 1 - passes',
      'ok 2 - passes, async',
      'not ok 3 - fails',
      'not ok 4 - fails, async',
      'not ok 5 - fails, two at once',
    ]);
    expect(output).to.include(
      'the tokens of agent leaf: not as expected\n    \n      expected  --a-|\n      actual    --a|\n',
    );
    expect(output).to.include('another asyncMarbles is under way: await it first');
  });
});
