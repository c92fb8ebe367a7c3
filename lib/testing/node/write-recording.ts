import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import { Recording } from '../recording/recording.js';
import { expectPath } from './read-recording.js';

/**
 * Writes a recording into a file, whose folders are made: all of it or, if that fails, nothing. A file that was there is as it was
 * until then.
 *
 * @throws InvalidArgumentError if it is no Recording or the path is no text; what the file system says.
 */
export async function writeRecording(path: string, recording: Recording): Promise<void> {
  expectPath(path);
  if (!(recording instanceof Recording)) throw new InvalidArgumentError('a Recording to write', recording);
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(String(recording));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
