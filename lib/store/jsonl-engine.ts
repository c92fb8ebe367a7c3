import { mkdir, open, realpath, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { constants } from 'node:fs';
import { dirname } from 'node:path';
import type { Batch, Engine } from './engine.js';
import { lockFile } from './file-lock.js';
import type { Unlock } from './file-lock.js';
import { JsonlIndex } from './jsonl-index.js';
import { header, messageLine, turnLines } from './jsonl-lines.js';
import { StoreError } from './store-error.js';

/** Opens a file of messages, and makes it if there is none. */
export async function openJsonl(path: string, store: string): Promise<Engine> {
  await mkdir(dirname(path), { recursive: true });
  await expectFile(path, store);
  const file = await open(path, constants.O_RDWR | constants.O_CREAT);
  let unlock: Unlock | undefined;
  try {
    // It is one file, whatever links lead to it.
    const place = await realpath(path);
    unlock = await lockFile(place, store);
    const index = new JsonlIndex(store);
    await index.read(file);
    const engine = new JsonlEngine({ file, path: place, store }, index, unlock);
    await engine.begin(dirname(place));
    return engine;
  } catch (error) {
    await file.close();
    await unlock?.();
    throw error;
  }
}

/** A device, or a pipe, may have no end, and keeps nothing. */
async function expectFile(path: string, store: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isFile() && !found.isDirectory())
    throw new StoreError('unavailable', store, 'cannot open: it is no ordinary file');
}

/** Messages as lines at the end of a file. What is not acknowledged there is cut off before the next line is written. */
class JsonlEngine implements Engine {
  isGone = false;
  #clean = false;
  readonly #file: FileHandle;

  constructor(
    private readonly opened: { readonly file: FileHandle; readonly path: string; readonly store: string },
    private readonly index: JsonlIndex,
    private readonly unlock: Unlock,
  ) {
    this.#file = opened.file;
  }

  /** Cuts off what a crash left of a last line, or ends it; begins a file that is empty, durably in its folder too. */
  async begin(folder: string): Promise<void> {
    await this.#cutOff();
    if (this.index.lacksEnd) await this.#add([Buffer.from('\n')]);
    if (this.index.end > 0) return;
    await this.#add([Buffer.from(header)]);
    const entry = await open(folder, 'r');
    await entry.sync().finally(() => entry.close());
  }

  async write({ rows, turns }: Batch): Promise<void> {
    const { messages, conversations } = this.index;
    const newRows = rows.filter(({ hashKey }) => !messages.has(hashKey));
    const newTurns = turns.filter(({ conversation, hashKey }) => !conversations.has(conversation, hashKey));
    const lines = newRows.map(({ hashKey, body }) => messageLine(hashKey, body));
    let at = await this.#add([...lines, ...turnLines(newTurns)]);
    for (const [place, { hashKey }] of newRows.entries()) {
      const { length } = lines[place] as Buffer;
      this.index.addMessage(hashKey, at, length);
      at += length;
    }
    for (const { conversation, hashKey } of newTurns) conversations.add(conversation, hashKey);
  }

  async read(hashKeys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const bodies = new Map<string, string>();
    for (const hashKey of hashKeys) {
      const span = this.index.messages.get(hashKey);
      if (!span) continue;
      const { buffer } = await this.#file.read(Buffer.alloc(span.size), 0, span.size, span.at);
      bodies.set(hashKey, buffer.toString());
    }
    return bodies;
  }

  async last(conversation: string): Promise<string | undefined> {
    return this.index.conversations.last(conversation);
  }

  async page(conversation: string, after: string | undefined, limit: number): Promise<readonly string[] | undefined> {
    return this.index.conversations.page(conversation, after, limit);
  }

  async close(): Promise<void> {
    if (this.isGone) return;
    await this.#file.close();
    await this.unlock();
  }

  /** Adds lines, durably or not at all, and gives where they begin. */
  async #add(lines: readonly Buffer[]): Promise<number> {
    const at = this.index.end;
    if (lines.length === 0) return at;
    if (!this.#clean) await this.#cutOff();
    await this.#expectAsLeft(at);
    this.#clean = false;
    const bytes = Buffer.concat(lines);
    for (let done = 0; done < bytes.length;)
      done += (await this.#file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
    await this.#file.datasync();
    await this.#expectAsLeft(at + bytes.length);
    this.#clean = true;
    this.index.end += bytes.length;
    return at;
  }

  /** What is written into a file that is elsewhere now, or that somebody else has changed, is not kept: it is opened anew. */
  async #expectAsLeft(size: number): Promise<void> {
    const { path, store } = this.opened;
    const [own, there] = await Promise.all([this.#file.stat(), stat(path).catch(() => undefined)]);
    if (there?.ino === own.ino && there.dev === own.dev && own.size === size) return;
    await this.close();
    this.isGone = true;
    const what = there ? 'somebody else has changed or replaced it' : 'it is not there any more';
    throw new StoreError('unavailable', store, `cannot write: ${what} since it was opened`);
  }

  async #cutOff(): Promise<void> {
    await this.#file.truncate(this.index.end);
    this.#clean = true;
  }
}
