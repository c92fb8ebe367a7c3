import { isPlain } from '../../messages/freeze.js';
import { wrongIn } from './event-fields.js';
import type { RecordedEvent } from './recorded-event.js';
import { RecordingError } from './recording-error.js';
import { References } from './references.js';

/** The version of the format that is written, and the latest that can be read. */
export const VERSION = 1;

/**
 * Reads the events of a recording's text.
 *
 * @param name - what the text is, for errors: its file.
 * @throws RecordingError naming the line.
 */
export function parseEvents(text: string, name?: string): RecordedEvent[] {
  const lines = text.replace(/^\ufeff/, '').split('\n'); // Some editors begin a file with a byte order mark.
  const cut = lines.at(-1) !== '';
  if (!cut && lines.length > 1) lines.pop();
  const wrong = (index: number, expected: string, value: unknown) =>
    new RecordingError(index + 1, expected, value, name);
  const parsed = lines.map((line, index) => {
    try {
      return JSON.parse(line) as unknown;
    } catch {
      const last = cut && index > 0 && index === lines.length - 1;
      throw wrong(index, last ? 'a whole line, and the text is cut off in it' : 'a line of JSON', line);
    }
  });
  const problem = wrongHeader(parsed[0]);
  if (problem) throw wrong(0, problem, parsed[0]);
  const references = new References();
  return parsed.slice(1).map((value, index) => {
    const mistake = wrongIn(value) ?? references.take(value as RecordedEvent);
    if (mistake) throw wrong(index + 1, mistake.expected, mistake.value);
    return value as RecordedEvent;
  });
}

function wrongHeader(header: unknown): string | undefined {
  const version = isPlain(header) ? header['recording'] : undefined;
  if (!Number.isInteger(version) || (version as number) < 1)
    return `the header of a recording, {"recording":${VERSION}}`;
  return (version as number) > VERSION
    ? `a recording of version ${VERSION}, or before; a newer version of miniagents wrote it`
    : undefined;
}
