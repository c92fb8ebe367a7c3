import { brandErrors, MiniAgentsError } from '../../errors/mini-agents-error.js';

/** There is no recording, and this is not the place to make one: `CI` is set. */
export class MissingRecordingError extends MiniAgentsError {
  declare readonly name: 'MissingRecordingError';

  /** @param path - the file that is missing. */
  constructor(readonly path: string) {
    super(
      `there is no recording ${path}, and in CI none is made: ` +
        'run the test on a machine with access to the live agents, by MINIAGENTS_RECORD=missing npm test, and commit the file',
    );
  }

  static {
    brandErrors(this, 'MissingRecordingError');
  }
}
