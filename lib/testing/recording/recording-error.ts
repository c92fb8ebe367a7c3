import { describe } from '../../errors/describe.js';
import { brandErrors, MiniAgentsError } from '../../errors/mini-agents-error.js';

/**
 * A text is no recording that can be used: a newer version wrote it, it was cut off, or somebody changed it. `line` is where,
 * counted from 1.
 */
export class RecordingError extends MiniAgentsError {
  declare readonly name: 'RecordingError';

  /**
   * @param expected - what should be there, in words.
   * @param value - what is there.
   * @param of - what it is a line of: its file.
   */
  constructor(
    readonly line: number,
    expected: string,
    readonly value: unknown,
    of = 'the recording',
  ) {
    super(`line ${line} of ${of}: expected ${expected}; got ${shown(value)}`);
  }

  static {
    brandErrors(this, 'RecordingError');
  }
}

/** What came, as it stands in the text where it is an object. */
function shown(value: unknown): string {
  if (typeof value !== 'object' || value === null) return describe(value);
  const json = JSON.stringify(value);
  return json.length > 120 ? `${json.slice(0, 120)}…` : json;
}
