import { resolve } from 'node:path';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { EngineStore } from './engine-store.js';
import { openJsonl } from './jsonl-engine.js';
import type { MessageStore } from './message-store.js';

/**
 * A store in one file, to which lines are only added: the default in Node, where nothing else need be installed. Its folder is
 * made if there is none.
 *
 * The file belongs to one process at a time: another one's use of it fails (`in use`). Each line is a message in canonical JSON
 * with its key, or the next messages of a conversation. What is acknowledged is on the disk (`fdatasync`). A file that
 * somebody else moves or changes meanwhile takes nothing more (`unavailable`); the next call opens what is there then. A last line that a
 * crash cut off is taken away; what else is not as it was written is an error that names the line (`corrupt`).
 *
 * The index, about 200 bytes for each message, is held in memory; opening the file reads all of it.
 *
 * @example
 * ```ts
 * miniAgents.onPersistMessages(persistTo(jsonlStore('messages.jsonl')));
 * ```
 *
 * @throws InvalidArgumentError if the path is no text.
 */
export function jsonlStore(path: string): MessageStore {
  if (typeof path !== 'string' || path === '') throw new InvalidArgumentError('the path of a file', path);
  const file = resolve(path);
  const name = `JSONL store ${file}`;
  return new EngineStore({ name, open: () => openJsonl(file, name) });
}
