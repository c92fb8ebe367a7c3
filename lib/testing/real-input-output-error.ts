import { brandErrors, MiniAgentsError } from '../errors/mini-agents-error.js';
import { notEnded } from './endless-time-error.js';

/** Something in virtual time began real input or output, which takes real time, and another one in every run. */
export class RealInputOutputError extends MiniAgentsError {
  declare readonly name: 'RealInputOutputError';

  constructor(
    /** What it was, such as `a socket (TCPWRAP)`: in words, and as Node calls it. */
    readonly resources: readonly string[],
    /** The names of the agents that had not ended. */
    readonly unfinished: readonly string[],
  ) {
    super(
      `real input or output does not go on in virtual time: ${resources.join(', ')}${notEnded(unfinished)}. ` +
        'Begin it before asyncMarbles, or put a scripted agent or a value in its place',
    );
  }

  static {
    brandErrors(this, 'RealInputOutputError');
  }
}
