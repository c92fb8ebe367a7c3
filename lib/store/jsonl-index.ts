import type { FileHandle } from 'node:fs/promises';
import { Conversations } from './conversations.js';
import { BODY_AT, header, readLine, VERSION } from './jsonl-lines.js';
import type { Line } from './jsonl-lines.js';
import { readLines } from './read-lines.js';
import { StoreError } from './store-error.js';

/** Where a message's body is in the file, in bytes. */
export interface Span {
  readonly at: number;
  readonly size: number;
}

/** What is where in a file of messages. */
export class JsonlIndex {
  readonly messages = new Map<string, Span>();
  readonly conversations = new Conversations();
  /** Where the next line goes. */
  end = 0;
  /** Whether the last line is whole, but for its end: an editor may have taken that away. */
  lacksEnd = false;

  constructor(private readonly store: string) {}

  /** Reads a file from its beginning. @throws StoreError if it is newer, or not as it was written. */
  async read(file: FileHandle): Promise<void> {
    let number = 0;
    for await (const { bytes, at, hasEnd } of readLines(file)) {
      if (!hasEnd && number === 0) break;
      const line = readLine(bytes);
      if (++number === 1) this.#expectHeader(line);
      else if (!line || line.kind === 'header' || !this.#add(line, at, bytes.length + 1)) {
        if (!hasEnd) break;
        throw new StoreError('corrupt', this.store, `line ${number} is not what was written`);
      }
      this.lacksEnd = !hasEnd;
      this.end = at + bytes.length + Number(hasEnd);
    }
    if (number === 0) await this.#expectTornHeader(file);
  }

  /** Takes in a message whose line is there, or about to be. */
  addMessage(hashKey: string, lineAt: number, lineSize: number): void {
    this.messages.set(hashKey, { at: lineAt + BODY_AT, size: lineSize - BODY_AT - '}\n'.length });
  }

  /** A file without any line is one that was just begun, and not some other file. */
  async #expectTornHeader(file: FileHandle): Promise<void> {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(header.length), 0, header.length, 0);
    if (!header.startsWith(buffer.toString('utf8', 0, bytesRead))) this.#expectHeader(undefined);
  }

  #expectHeader(line: Line): void {
    if (line?.kind !== 'header')
      throw new StoreError('corrupt', this.store, 'line 1 is not that of a file of messages');
    if (line.version === VERSION) return;
    const versions = `of version ${String(line.version)}; this library knows version ${VERSION}`;
    throw new StoreError('newer', this.store, versions);
  }

  /** Whether the line goes with what is there: a conversation is one of messages that come before. */
  #add(line: Exclude<Line, { kind: 'header' } | undefined>, at: number, size: number): boolean {
    if (line.kind === 'message') {
      this.addMessage(line.hashKey, at, size);
      return true;
    }
    if (!line.hashKeys.every((hashKey) => this.messages.has(hashKey))) return false;
    for (const hashKey of line.hashKeys) this.conversations.add(line.conversation, hashKey);
    return true;
  }
}
