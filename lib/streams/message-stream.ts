import { survivesAwait } from '#ambient';
import type { ObservableInput } from 'rxjs';
import { describe } from '../errors/describe.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { InvalidMessageError } from '../errors/invalid-message-error.js';
import { isMessage } from '../messages/brand.js';
import { isPlain, isWellFormed } from '../messages/freeze.js';
import { Message } from '../messages/message.js';
import type { MessageFields } from '../messages/message.js';
import { call } from '../scope/call.js';
import type { Failure } from '../scope/failure.js';
import { defaultSession, ownerNow } from '../scope/owner.js';
import { Scope } from '../scope/scope.js';
import type { Cancellation, Owned } from '../scope/scope.js';
import { Session } from '../scope/session.js';
import { MessagePromise } from './message-promise.js';
import type { MessageOrigin } from './message-promise.js';
import { hushRejections, isSource, stopSafely, subscribeTo } from './subscribe-to.js';
import type { Sink, Stop } from './subscribe-to.js';
import { TokenLog } from './token-log.js';

type FieldsOf<Type> = Type extends new (fields?: infer Fields) => Message ? NonNullable<Fields> : never;

declare module '../messages/message.js' {
  interface MessageStreaming {
    /**
     * A promise of a message of this class, out of its tokens.
     *
     * @param tokens - the source of the text: an Observable, a Subject, an async generator (of what it yields), a web stream …
     * of strings. It is subscribed to at once and once, so that a hot one loses nothing; its error is the promise's, after
     * the tokens before it. It is let go when the promise, or the agent in which it was made, is cancelled.
     * @param fields - what is known before the text: the promise's `draft`.
     * @param last - called once, when the text is there, for fields that are known only then; they win over `fields`.
     *
     * @throws InvalidMessageError if the fields are not a message's, or have a text.
     */
    <Type extends new (fields?: never) => Message>(
      this: Type,
      tokens: ObservableInput<string>,
      fields?: Omit<FieldsOf<Type>, 'text'>,
      last?: (text: string) => Omit<FieldsOf<Type>, 'text'>,
    ): MessagePromise;
  }
}

/** What is being streamed: the source of the tokens and the message they become. */
class TokenStream implements MessageOrigin, Owned, Sink<string> {
  readonly log = new TokenLog();
  readonly draft: Message;
  #owner: Scope | undefined = ownerNow();
  /** How many scopes there were when it was made; none when somebody has sent it. */
  #made = survivesAwait ? 0 : Scope.made;
  #stop: Stop | undefined;
  #whole: Message;

  constructor(
    private readonly type: new (fields: MessageFields) => Message,
    private readonly fields: MessageFields,
    private readonly last: ((text: string) => MessageFields) | undefined,
  ) {
    if (fields.text !== undefined)
      throw new InvalidMessageError('text', 'a message that is streamed gets its text from its tokens');
    this.draft = this.#whole = new type(fields);
  }

  start(tokens: ObservableInput<string>): void {
    this.#owner?.own(this);
    if (this.log.ended) return hushRejections(tokens);
    const source = (typeof tokens === 'string' ? [tokens] : Object(tokens)) as object;
    if (isSource(source) || Symbol.iterator in source) subscribeTo(source, this, (stop) => (this.#stop = stop), false);
    else this.error(new InvalidArgumentError('a source of tokens', tokens));
  }

  whole(text: string): Message {
    return this.#whole.set('text', text);
  }

  fail(error: unknown): Failure {
    return (this.#owner ?? defaultSession).fail(error);
  }

  sentIn(scope: unknown): void {
    const owner = this.#owner;
    if (scope instanceof Scope && !(scope instanceof Session) && owner instanceof Session && scope.made <= this.#made) {
      owner.release(this);
      this.#owner = scope;
      scope.own(this);
    }
    this.#made = 0;
  }

  cancel({ error, quiet }: Cancellation): void {
    this.#end(error, quiet);
  }

  next(token: string): void {
    if (this.#owner?.cancellation) return;
    if (typeof token === 'string') this.log.append(token);
    else this.error(new InvalidArgumentError('a token, which is a string', token));
  }

  error(error: unknown): void {
    if (!this.#owner?.cancellation) this.#end(error, false);
  }

  complete(): void {
    const { type, fields, last, log } = this;
    try {
      if (log.ended || this.#owner?.cancellation) return;
      if (!isWellFormed(log.text))
        throw new InvalidMessageError('text', 'expected tokens without half surrogate pairs at their ends');
      if (last) this.#whole = new type({ ...fields, ...this.#expectFields(last(log.text)), text: undefined });
    } catch (error) {
      return this.error(error);
    }
    this.#finish();
  }

  #expectFields(given: MessageFields): MessageFields {
    if (isPlain(given) || isMessage(given)) return given;
    hushRejections(given);
    throw new InvalidMessageError('last', `expected an object of fields; got ${describe(given)}`);
  }

  #end(error: unknown, quiet: boolean): void {
    if (!this.log.ended) this.#finish(this.fail(error), quiet);
  }

  #finish(failure?: Failure, quiet?: boolean): void {
    const finish = () => {
      this.log.end(failure, quiet);
      this.#letGo();
    };
    call({ run: finish });
  }

  /** Lets go of the source, and of the run that it was made in, which a message may outlive. */
  #letGo(): void {
    const owner = this.#owner;
    const stop = this.#stop;
    this.#owner = this.#stop = undefined;
    if (stop) stopSafely(stop, (error) => (owner ?? defaultSession).fail(error));
    owner?.release(this);
  }
}

Message.stream = function stream(
  this: unknown,
  tokens: ObservableInput<string>,
  fields?: MessageFields,
  last?: (text: string) => MessageFields,
) {
  const origin = new TokenStream(this as typeof Message, fields ?? {}, last);
  origin.start(tokens);
  return new MessagePromise(origin);
};
