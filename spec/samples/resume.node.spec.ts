import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSample } from './start-sample.js';

describe('samples/resume.ts', () => {
  let folder: string;

  before(() => (folder = mkdtempSync(join(tmpdir(), 'miniagents-resume-'))));
  after(() => rmSync(folder, { recursive: true }));

  async function run(...question: string[]): Promise<string[]> {
    const { code, out, log } = await startSample('resume.ts', [join(folder, 'chat.jsonl'), ...question]).ended;
    expect({ code, log }).to.deep.equal({ code: 0, log: '' });
    return out.trimEnd().split('\n');
  }
  const withoutKeys = (lines: readonly string[]) => lines.map((line) => line.replace(/^[0-9a-f]{8} /, ''));

  it('goes on in another process: the same messages under the same keys, and an agent that continues', async () => {
    const first = await run('Why is the sky blue?');
    expect(withoutKeys(first)).to.deep.equal([
      '(a new conversation)',
      'user: Why is the sky blue?',
      'assistant: You asked 1 so far. You began with: Why is the sky blue?',
    ]);
    const second = await run();
    expect(second.slice(0, 3)).to.deep.equal([...first.slice(1), '(goes on)']);
    expect(withoutKeys(second.slice(3))).to.deep.equal([
      'user: And now?',
      'assistant: You asked 2 so far. You began with: Why is the sky blue?',
    ]);
  });
});
