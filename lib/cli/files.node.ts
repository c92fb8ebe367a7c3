import { readFile, stat, writeFile } from 'node:fs/promises';
import { CommandError } from './command-error.node.js';

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  EACCES: 'that is not allowed',
  EPERM: 'that is not allowed',
  EROFS: 'the file system is read-only',
  ENOSPC: 'there is no space left',
};

/** The text of a file or of a stream. @throws CommandError in one line, if it cannot be read. */
export async function readText(source: string | AsyncIterable<string | Uint8Array>): Promise<string> {
  if (typeof source === 'string') return attempt(`cannot read ${source}`, () => readFile(source, 'utf8'));
  return attempt('cannot read standard input', async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of source) chunks.push(Buffer.from(chunk as string));
    return Buffer.concat(chunks).toString('utf8');
  });
}

/** Writes a file. @throws CommandError in one line, if it cannot be written. */
export function writeText(file: string, text: string): Promise<void> {
  return attempt(`cannot write ${file}`, () => writeFile(file, text));
}

/** Whether two names are those of one file that is there, through links, too. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map((file) => stat(file).catch(() => undefined)));
  return first !== undefined && first.ino === second?.ino && first.dev === second.dev;
}

async function attempt<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new CommandError(`${what}: ${REASONS[code] ?? message}`, 1);
  }
}
