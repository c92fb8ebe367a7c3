import type { FileHandle } from 'node:fs/promises';

/** How much is read at once. */
const CHUNK = 1 << 20;
const LINE_END = 0x0a;

/** A line of a file, without its end, and where it begins. */
export interface FileLine {
  readonly bytes: Buffer;
  readonly at: number;
  /** False for what comes after the end of the last line, if anything does. */
  readonly hasEnd: boolean;
}

/** Reads the lines of a file. */
export async function* readLines(file: FileHandle): AsyncGenerator<FileLine, void> {
  let parts: Buffer[] = [];
  let begin = 0;
  for (let position = 0; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, position);
    if (bytesRead === 0) break;
    let from = 0;
    for (let end = 0; ; from = end + 1) {
      end = buffer.subarray(0, bytesRead).indexOf(LINE_END, from);
      if (end < 0) break;
      const rest = buffer.subarray(from, end);
      yield { bytes: parts.length === 0 ? rest : Buffer.concat([...parts, rest]), at: begin, hasEnd: true };
      parts = [];
      begin = position + end + 1;
    }
    parts.push(buffer.subarray(from, bytesRead));
    position += bytesRead;
  }
  const bytes = Buffer.concat(parts);
  if (bytes.length > 0) yield { bytes, at: begin, hasEnd: false };
}
