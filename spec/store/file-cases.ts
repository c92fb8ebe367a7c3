import { expect } from 'chai';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MessageStore } from 'miniagents/store';
import { all } from './cases.js';
import { kill } from './kill.js';
import type { Outcome } from './programs/answer.js';
import { bundleProgram, startProgram } from './run-program.js';

const NOBODY = '65534';

/** What every store in a file does in a world where things go wrong. */
export function fileCases(store: string, locate: () => string, open: (path: string) => MessageStore): void {
  /** Runs an agent in a process of its own, which may be held to a size of files, in KiB, or be of little power. */
  async function answer(path: string, args: string[], { fileSize = 'unlimited' } = {}): Promise<Outcome> {
    const program = await bundleProgram('answer');
    const limited = ['-c', 'ulimit -f "$0" && exec "$@"', fileSize, process.execPath, program, store, path, ...args];
    const { printed, ended } = startProgram(limited, { command: 'bash' });
    expect({ ...(await ended), log: printed.log }).to.deep.equal({ code: 0, signal: null, log: '' });
    return JSON.parse(printed.out) as Outcome;
  }

  it('has everything acknowledged, and nothing corrupt, after each kill -9 (200 of them: npm run test:services)', async () => {
    await kill(store, 20, locate, open);
  });

  it('on a full disk: is reported, the answers are there, and nothing is lost', async () => {
    const path = locate();
    const outcome = await answer(path, ['60', '4000'], { fileSize: '100' });
    expect(outcome.answers).to.equal(60);
    expect(outcome.unsaved).to.have.length.within(1, 59);
    for (const { name, message, problem } of outcome.reports) {
      expect({ name, problem }).to.deep.equal({ name: 'NotPersistedError', problem: 'unavailable' });
      expect(message).to.match(
        /cannot (write|open): .*(EFBIG: file too large|database or disk is full|disk I\/O error)/,
      );
    }
    const opened = open(path);
    const kept = (await all(opened.replay('chat'))).map(({ hashKey }) => hashKey);
    await opened.close();
    expect([...kept, ...outcome.unsaved]).to.deep.equal(outcome.said);
    // There is room again: it goes on.
    expect((await answer(path, ['61', '4000'])).reports).to.deep.equal([]);
    const again = open(path);
    expect(await all(again.replay('chat'))).to.have.length(61);
    await again.close();
  });

  it('in a folder that it may not write to: is reported, and the answers are there', async () => {
    const path = locate();
    mkdirSync(dirname(path), { recursive: true });
    chmodSync(dirname(path), 0o555);
    const user = process.getuid?.() === 0 ? [NOBODY] : [];
    const outcome = await answer(join(path), ['2', '10', ...user]);
    chmodSync(dirname(path), 0o755);
    expect(outcome.answers).to.equal(2);
    expect(outcome.unsaved).to.deep.equal(outcome.said);
    expect(outcome.reports[0]?.message).to.match(
      /^1 message not persisted in 2 attempts.*cannot open: .*(EACCES: permission denied|Unable to open|unable to open)/,
    );
  });
}
