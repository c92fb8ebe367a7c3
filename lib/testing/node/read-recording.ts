import { readFile } from 'node:fs/promises';
import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import { Recording } from '../recording/recording.js';

/**
 * The recording in a file.
 *
 * @throws RecordingError naming file and line if it is none; InvalidArgumentError if the path is no text; what the file system
 * says (`ENOENT` …).
 */
export async function readRecording(path: string): Promise<Recording> {
  expectPath(path);
  return Recording.parse(await readFile(path, 'utf8'), path);
}

/** @throws InvalidArgumentError if it is no path. */
export function expectPath(path: unknown): asserts path is string {
  if (typeof path !== 'string' || path === '') throw new InvalidArgumentError('the path of a recording', path);
}
