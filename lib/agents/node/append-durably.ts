import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Appends text to a file, whose folders are made: all of it or, if it fails, nothing. When it is done, the text is on the disk. If
 * the file ends in mid-line, the text begins on the next one.
 */
export async function appendDurably(file: string, text: string): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const handle = await open(file, 'a+');
  try {
    const { size } = await handle.stat();
    const gap = size === 0 || (await endsLine(handle, size)) ? '' : '\n';
    try {
      await handle.appendFile(gap + text);
    } catch (error) {
      await handle.truncate(size).catch(() => {});
      throw error;
    }
    await handle.sync();
    if (size === 0) await syncFolder(folder);
  } finally {
    await handle.close();
  }
}

async function endsLine(handle: FileHandle, size: number): Promise<boolean> {
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() === '\n';
}

/** A new file's name is on the disk when its folder is. Not every system lets one ask for it. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // The text itself is on the disk.
  }
}
