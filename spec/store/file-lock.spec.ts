import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { lockFile } from '../../lib/store/file-lock.js';
import { failure } from './cases.js';
import { startProgram } from './run-program.js';
import { temporaryFolders } from './temporary.js';

describe('lockFile', () => {
  const folders = temporaryFolders();

  function setUp(lock?: unknown) {
    const folder = folders();
    const path = join(folder, 'file');
    if (lock !== undefined) writeFileSync(`${path}.lock`, typeof lock === 'string' ? lock : JSON.stringify(lock));
    return {
      take: () => lockFile(path, 'the store'),
      files: () => readdirSync(folder),
      lock: () => readFileSync(`${path}.lock`, 'utf8'),
    };
  }
  /** When a process started, where Linux tells. */
  function startOf(pid: number): string | undefined {
    const files = ['/proc/sys/kernel/random/boot_id', `/proc/${pid}/stat`];
    if (!files.every((file) => existsSync(file))) return undefined;
    const [boot = '', stat = ''] = files.map((file) => readFileSync(file, 'utf8'));
    return `${boot.trim()} ${stat.replace(/^.*\)/, '').split(' ')[20]}`;
  }
  /** The number of a process that has ended. */
  async function ended(): Promise<number> {
    const { child, ended: over } = startProgram(['-e', '']);
    await over;
    return child.pid ?? 0;
  }

  it('takes a file, says who has it, and lets it go', async () => {
    const { take, files, lock } = setUp();
    const unlock = await take();
    expect(files()).to.deep.equal(['file.lock']);
    expect(JSON.parse(lock())).to.include({ process: process.pid, host: hostname() });
    await unlock();
    expect(files()).to.deep.equal([]);
    await (
      await take()
    )();
  });

  it('refuses a file that this process has', async () => {
    const { take } = setUp();
    const unlock = await take();
    expect((await failure(take())).message).to.equal('the store: this process has it open already');
    await unlock();
  });

  it('refuses one that another process has, may have, or somebody on another machine', async () => {
    const parent = { process: process.ppid, started: startOf(process.ppid), host: hostname() };
    for (const [lock, who] of [
      [parent, `process ${process.ppid} on ${hostname()}`],
      [{ ...parent, host: 'elsewhere' }, `process ${process.ppid} on elsewhere`],
      ['nonsense', 'somebody'],
      ['', 'somebody'],
    ] as const) {
      const { take, files } = setUp(lock);
      const error = await failure(take());
      expect(error.problem).to.equal('in use');
      expect(error.message).to.match(
        new RegExp(`^the store: ${who} has it open; if that is not so, delete .*file\\.lock$`),
      );
      expect(files()).to.deep.equal(['file.lock']);
    }
  });

  it('refuses one that another thread of this process has', async function () {
    const started = startOf(process.pid);
    if (started === undefined) this.skip(); // Only Linux tells.
    const { take, files } = setUp({ process: process.pid, started, host: hostname() });
    expect((await failure(take())).message).to.equal('the store: this process has it open already');
    expect(files()).to.deep.equal(['file.lock']);
  });

  it('takes over one whose process has ended, also where its number is of another one now', async () => {
    const host = hostname();
    for (const gone of [
      { process: await ended(), started: '1', host },
      { process: process.ppid, started: '1', host },
      { process: process.pid, started: '1', host },
    ]) {
      const { take, files, lock } = setUp(gone);
      const unlock = await take();
      expect(JSON.parse(lock())).to.include({ process: process.pid });
      expect(files()).to.deep.equal(['file.lock']);
      await unlock();
    }
  });

  it('gives one that was left behind to one of several', async () => {
    const { take, files } = setUp({ process: await ended(), started: '1', host: hostname() });
    const outcomes = await Promise.allSettled([take(), take(), take()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    expect(files()).to.deep.equal(['file.lock']);
  });

  it('leaves nothing behind where there is no folder', async () => {
    await failure(lockFile('/nowhere/at/all', 'the store'));
    expect(String(await failure(lockFile('/nowhere/at/all', 'the store')))).to.match(/ENOENT/);
  });
});
