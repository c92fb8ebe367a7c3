import { readFile, stat } from 'node:fs/promises';

/** So much of a document is still summarised in a moment, and still fits a model's context or is refused by it. */
const LARGEST = 5 * 1024 * 1024;

/** Why a file was left out. It stands in the place of the file's summary; the other files go on. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  ELOOP: 'its symbolic links go round in a circle',
  ENAMETOOLONG: 'no file can have such a long name',
};

/** The text of a file, if it is one that can be read and has text in it; else {@link Skipped} says why not. */
export async function readDocument(path: string, signal: AbortSignal): Promise<string> {
  const text = decode(await readBytes(path, signal));
  if (text.trim() === '') throw new Skipped('it is empty');
  return text;
}

async function readBytes(path: string, signal: AbortSignal): Promise<Buffer> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) throw new Skipped('it is a folder; name the files in it');
    if (!stats.isFile()) throw new Skipped('it is no ordinary file');
    if (stats.size > LARGEST) throw new Skipped(`it is larger than ${LARGEST / 1024 / 1024} MB`);
    return await readFile(path, { signal });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code && code in REASONS ? new Skipped(REASONS[code], { cause: error }) : error;
  }
}

function decode(bytes: Buffer): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Not UTF-8, so not text as far as we can tell.
  }
  throw new Skipped('it is not a text file (UTF-8)');
}
