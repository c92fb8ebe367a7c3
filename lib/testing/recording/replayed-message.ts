import type { Message } from '../../messages/message.js';
import { call } from '../../scope/call.js';
import type { Failure } from '../../scope/failure.js';
import type { Cancellation, Owned, Scope } from '../../scope/scope.js';
import { MessagePromise } from '../../streams/message-promise.js';
import type { MessageOrigin } from '../../streams/message-promise.js';
import { TokenLog } from '../../streams/token-log.js';

/** A message that is told what happens to it: its tokens, and in the end what message it was, or why it was none. */
export class ReplayedMessage implements MessageOrigin, Owned {
  readonly log = new TokenLog();
  readonly promise = new MessagePromise(this);
  #whole: Message;

  /** @param scope - the run that it is cancelled with. */
  constructor(
    readonly draft: Message,
    private readonly scope: Scope,
  ) {
    this.#whole = draft;
    scope.own(this);
  }

  token(token: string): void {
    this.log.append(token);
  }

  resolve(whole: Message): void {
    if (this.log.ended) return;
    this.#whole = whole;
    this.#finish();
  }

  break(error: unknown): void {
    if (!this.log.ended) this.#finish(this.fail(error));
  }

  whole(): Message {
    return this.#whole;
  }

  fail(error: unknown): Failure {
    return this.scope.fail(error);
  }

  cancel({ error, quiet }: Cancellation): void {
    if (!this.log.ended) this.#finish(this.fail(error), quiet);
  }

  #finish(failure?: Failure, quiet?: boolean): void {
    const finish = () => {
      this.log.end(failure, quiet);
      this.scope.release(this);
    };
    call({ run: finish });
  }
}
