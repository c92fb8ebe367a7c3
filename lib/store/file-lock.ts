import { randomUUID } from 'node:crypto';
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { StoreError } from './store-error.js';

/** Lets a file go. */
export type Unlock = () => Promise<void>;

/** Who has a file. Where the platform tells when a process started, a later one of the same number is not taken for it. */
interface Holder {
  readonly process: number;
  readonly started: string | undefined;
  readonly host: string;
}

/** The files that this thread has, whichever copy of this module took them. */
const held = ((globalThis as Record<symbol, unknown>)[Symbol.for('miniagents.lockedFiles')] ??=
  new Set<string>()) as Set<string>;

const OURS = 'this process has it open already';

/**
 * Takes a file for this process, by a file `<path>.lock` beside it that says who has it. That of a process that has ended is
 * taken over.
 *
 * @param path - where it is, without links.
 * @throws StoreError if another process has it, or another store of this one.
 */
export async function lockFile(path: string, store: string): Promise<Unlock> {
  const lock = `${path}.lock`;
  if (held.has(lock)) throw new StoreError('in use', store, OURS);
  held.add(lock);
  const own = `${lock}.${randomUUID()}`;
  try {
    const { pid } = process;
    const holder: Holder = { process: pid, started: await startOf(pid), host: hostname() };
    await writeFile(own, JSON.stringify(holder));
    while (!(await take(own, lock))) await expectStale(lock, store);
  } catch (error) {
    held.delete(lock);
    throw error;
  } finally {
    await unlink(own).catch(() => {});
  }
  return async () => {
    await unlink(lock).catch(() => {});
    held.delete(lock);
  };
}

/** A lock comes into being whole: as another name of a file that is written. */
async function take(own: string, lock: string): Promise<boolean> {
  try {
    await link(own, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Puts away a lock whose holder has ended. Of several that see this, the one that renames it does so. */
async function expectStale(lock: string, store: string): Promise<void> {
  const text = await readFile(lock, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const holder = parse(text);
  if (await isAlive(holder)) {
    const isOurs = holder?.process === process.pid && holder.host === hostname();
    const who = holder ? `process ${holder.process} on ${holder.host}` : 'somebody';
    throw new StoreError('in use', store, isOurs ? OURS : `${who} has it open; if that is not so, delete ${lock}`);
  }
  const stale = `${lock}.${randomUUID()}.stale`;
  await rename(lock, stale).catch(() => {});
  // Somebody else may have put it away and taken the file in between: then it is theirs.
  const renamed = await readFile(stale, 'utf8').catch(() => text);
  if (renamed !== text) await link(stale, lock).catch(() => {});
  await unlink(stale).catch(() => {});
}

/** Whoever cannot be looked at, on another machine or in an unreadable lock, may be alive. */
async function isAlive(holder: Holder | undefined): Promise<boolean> {
  if (!holder || holder.host !== hostname()) return true;
  // Another thread of this process, or a process before it that had the same number.
  if (holder.process === process.pid)
    return holder.started !== undefined && holder.started === (await startOf(process.pid));
  try {
    process.kill(holder.process, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
  return holder.started === (await startOf(holder.process));
}

/** When a process started, in the words of Linux: since when the machine runs, and how long it ran then. Unknown elsewhere. */
async function startOf(pid: number): Promise<string | undefined> {
  const [boot, stat] = await Promise.all(
    ['/proc/sys/kernel/random/boot_id', `/proc/${pid}/stat`].map((file) => readFile(file, 'utf8').catch(() => '')),
  );
  const ticks = stat?.slice(stat.lastIndexOf(')')).split(' ')[20];
  return boot && ticks ? `${boot.trim()} ${ticks}` : undefined;
}

function parse(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Holder | null;
    return Number.isInteger(holder?.process) ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}
