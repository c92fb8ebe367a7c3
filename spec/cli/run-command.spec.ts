import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './support.js';

describe('runCommand', () => {
  it('tells what there is', async () => {
    for (const args of [['--help'], ['-h'], ['help']]) {
      const { code, out, log } = await command(args);
      expect({ code, log }).to.deep.equal({ code: 0, log: '' });
      expect(out)
        .to.match(/^Usage: miniagents <command> \[options\]\n/)
        .and.include('diagram <recording>');
      expect(out.split('\n').filter((line) => line.length > 120)).to.deep.equal([]);
    }
  });

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };
    for (const option of ['--version', '-v'])
      expect(await command([option])).to.deep.equal({ code: 0, out: `${version}\n`, log: '' });
  });

  it('refuses what it does not know, in one line', async () => {
    const wrong = [[], ['dance'], ['--dance'], ['toString'], ['']];
    const said = await Promise.all(wrong.map((args) => command(args)));
    expect(said.map(({ code, out }) => [code, out])).to.deep.equal(wrong.map(() => [2, '']));
    expect(said.map(({ log }) => log)).to.deep.equal([
      'miniagents: expected a command: miniagents --help tells which there are\n',
      'miniagents: no such command: dance; see miniagents --help\n',
      'miniagents: no such option: --dance; see miniagents --help\n',
      'miniagents: no such command: toString; see miniagents --help\n',
      'miniagents: no such command: ; see miniagents --help\n',
    ]);
  });
});
