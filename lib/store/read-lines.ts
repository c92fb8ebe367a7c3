import type { FileHandle } from 'node:fs/promises';

/** How much is read at once. */
const CHUNK = 1 << 20;
const LINE_END = 0x0a;

/** A line of a file, without its end, and where it begins. */
export interface FileLine {
  readonly bytes: Buffer;
  readonly at: number;
}

/** Reads the lines of a file that have an end. What is after the last of them is left out. */
export async function* readLines(file: FileHandle): AsyncGenerator<FileLine, void> {
  let parts: Buffer[] = [];
  let begin = 0;
  for (let position = 0; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, position);
    if (bytesRead === 0) return;
    let from = 0;
    for (let end = 0; ; from = end + 1) {
      end = buffer.subarray(0, bytesRead).indexOf(LINE_END, from);
      if (end < 0) break;
      const rest = buffer.subarray(from, end);
      yield { bytes: parts.length === 0 ? rest : Buffer.concat([...parts, rest]), at: begin };
      parts = [];
      begin = position + end + 1;
    }
    parts.push(buffer.subarray(from, bytesRead));
    position += bytesRead;
  }
}
