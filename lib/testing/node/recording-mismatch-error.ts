import { brandErrors, MiniAgentsError } from '../../errors/mini-agents-error.js';

/** A run gave something else than what was recorded of it; `difference` has the lines: `-` recorded, `+` now. */
export class RecordingMismatchError extends MiniAgentsError {
  declare readonly name: 'RecordingMismatchError';
  /** Test runners would show a difference of their own below ours. */
  readonly showDiff = false;

  constructor(
    /** The file of the recording. */
    readonly path: string,
    readonly difference: string,
  ) {
    super(
      `the run is not what ${path} has recorded\n\n${difference}\n\n` +
        'If that is meant, record it anew: MINIAGENTS_RECORD=all (or missing: only what was not asked before), and the test again',
    );
  }

  static {
    brandErrors(this, 'RecordingMismatchError');
  }
}
