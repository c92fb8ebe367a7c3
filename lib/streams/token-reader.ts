import type { Task } from '../scope/call.js';
import { errorText } from './error-message.js';
import { ENDED, LogReader } from './reader.js';
import type { Sign } from './reader.js';
import type { TokenLog } from './token-log.js';

/** Reads the tokens of a message, and then the error that cut it short, if one did: as it is, or as a last token. */
export class TokenReader extends LogReader<string> {
  #saidError = false;

  constructor(
    override readonly log: TokenLog,
    task: Task,
    private readonly errorAsText: boolean,
  ) {
    super(log, task, log.open());
  }

  override read(): string | Sign {
    const token = super.read();
    return token === ENDED ? this.#end() : token;
  }

  #end(): string | Sign {
    const { failure, quiet } = this.log;
    if (!failure || quiet || this.#saidError) return ENDED;
    this.#saidError = true;
    return this.errorAsText ? errorText(failure, this.log.text) : failure;
  }
}
