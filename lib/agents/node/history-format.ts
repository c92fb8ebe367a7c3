import { Message } from '../../messages/message.js';
import { CodeFence } from './code-fence.js';
import {
  isUnderline,
  readHashHeading,
  readHeading,
  readHeadingByHand,
  UNDERLINE,
  writeHeading,
} from './history-heading.js';
import type { Speaker } from './history-heading.js';
import { readText, writeText } from './history-text.js';

/** A message as a block of a history. One without a role is an assistant's. */
export function writeEntry({ role = 'assistant', name, text }: Message): string {
  return `\n${writeHeading({ role, name })}\n${UNDERLINE}\n${writeText(text)}\n`;
}

/**
 * The messages of a history. What stands before the first heading is nobody's and left out, and so are headings with nothing
 * under them.
 */
export function readEntries(markdown: string): Message[] {
  const lines = markdown.split('\n');
  const entries: Entry[] = [];
  const fence = new CodeFence();
  for (let index = 0; index < lines.length; index++) {
    const heading = headingAt(lines, index, fence.open);
    if (heading) {
      entries.push(new Entry(heading));
      index += heading.lines - 1;
      fence.reset();
    } else {
      entries.at(-1)?.lines.push(lines[index] as string);
      fence.take(lines[index] as string);
    }
  }
  return entries.flatMap((entry) => entry.message ?? []);
}

interface Heading extends Speaker {
  /** How many lines it has. */
  readonly lines: number;
  /** Whether an editor has given it the ends of lines that Windows has. */
  readonly ofWindows: boolean;
}

/** Somebody's heading at a line. One that was written is known even in code, which a message may have left open. */
function headingAt(lines: readonly string[], index: number, inCode: boolean): Heading | undefined {
  const line = lines[index] as string;
  const below = lines[index + 1];
  const found = (speaker: Speaker | undefined, count: number) =>
    speaker && { ...speaker, lines: count, ofWindows: lines[index + count - 1]?.endsWith('\r') ?? false };
  if (below?.trimEnd() === UNDERLINE) return found(readHeading(line), 2);
  if (inCode) return undefined;
  const hash = found(readHashHeading(line), 1);
  if (hash) return hash;
  const begins = index === 0 || lines[index - 1]?.trim() === '';
  return begins && isUnderline(below) ? found(readHeadingByHand(line), 2) : undefined;
}

class Entry {
  readonly lines: string[] = [];

  constructor(private readonly heading: Heading) {}

  get message(): Message | undefined {
    const { role, name, ofWindows } = this.heading;
    const text = readText(ofWindows ? this.lines.map((line) => line.replace(/\r$/, '')) : this.lines);
    return text === undefined ? undefined : new Message({ role, name, text });
  }
}
