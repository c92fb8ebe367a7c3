import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSample } from './start-sample.js';

const kept = join(__dirname, '../../docs/images/run.svg');

describe('samples/picture.ts', () => {
  it('draws the picture that is in the README; where it is another one by now: npm run picture', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'miniagents-picture-'));
    const { code, out, log } = await startSample('picture.ts', [folder]).ended;
    const drawn = readFileSync(join(folder, 'run.svg'), 'utf8');
    rmSync(folder, { recursive: true });
    expect({ code, log }).to.deep.equal({ code: 0, log: '' });
    expect(out).to.match(/^Agents that search at once\n8 runs of 8 agents/);
    expect(drawn.split('\n')).to.deep.equal(readFileSync(kept, 'utf8').split('\n'));
  });
});
