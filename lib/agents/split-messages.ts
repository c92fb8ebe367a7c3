import { concat, finalize, ignoreElements, map, Observable, Subject } from 'rxjs';
import type { Subscriber } from 'rxjs';
import type { Message } from '../messages/message.js';
import { isFailure } from '../scope/failure.js';
import type { MessagePromise } from '../streams/message-promise.js';
import { MessageSequence } from '../streams/message-sequence.js';
import '../streams/message-stream.js';
import type { MessageType } from '../streams/message-type.js';
import { borrow } from './borrowed.js';
import { entriesOf } from './entries.js';
import { expectMessageClass } from './message-class.js';
import type { FieldsBesideText, MessageClass } from './message-class.js';
import { CUT, ParagraphCutter } from './paragraph-cutter.js';

/** How messages are split. */
export interface SplitOptions<Type extends MessageClass = typeof Message> {
  /** The class of the parts. Default `Message`. */
  readonly type?: Type | undefined;
  /** Fields of every part; they win over what is taken from the message. */
  readonly fields?: NoInfer<FieldsBesideText<Type>> | undefined;
}

/**
 * A message for each paragraph of the messages: their texts, cut at blank lines. A fenced code block is kept whole, with the
 * blank lines in it. A part is there with its first token, and its tokens come as they come; only line ends and what is
 * blank after them wait for what is next, since they may turn out to stand between two paragraphs. How the text is split into
 * tokens makes no difference.
 *
 * A part has the role, the name and the `data` of its message, as far as they are known before the text. A blank message has no
 * parts. Line ends at the edges of a part are left out; what is indented stays so.
 *
 * It starts at once. An error is that of the part in which it occurs; between two parts it stands there by itself. When the
 * sequence is cancelled, it lets go of what it subscribed to; a `MessageSequence` that it was given goes on.
 *
 * @example
 * ```ts
 * const paragraphs = splitMessages(model.inquire('Write a page.'));
 * for await (const paragraph of paragraphs) console.log((await paragraph.resolve()).text);
 * ```
 *
 * @throws NotAMessageError if it is no {@link MessageType}, InvalidArgumentError for a `type` that is no class of messages,
 * InvalidMessageError for fields that it does not have.
 */
export function splitMessages<Type extends MessageClass = typeof Message>(
  messages: MessageType,
  options: SplitOptions<Type> = {},
): MessageSequence {
  const type = expectMessageClass(options.type);
  const fields: object = options.fields ?? {};
  type.stream([], fields); // Throws what is wrong with them.
  const borrowed = borrow(messages);
  const split = (message: MessagePromise) => {
    const { role, name, data } = message.draft;
    const begin = (tokens$: Observable<string>) => type.stream(tokens$, { role, name, data, ...fields });
    return new Observable<MessagePromise>((subscriber) => new Splitter(message, begin, subscriber).start());
  };
  const parts$ = entriesOf(borrowed.sequence).pipe(
    map(([entry]) => (isFailure(entry) ? [entry] : split(entry))),
    finalize(() => borrowed.letGo()),
  );
  return MessageSequence.from(parts$);
}

/** The splitting of one message. */
class Splitter {
  readonly #cutter = new ParagraphCutter();
  #tokens: Subject<string> | undefined;
  #part: MessagePromise | undefined;

  constructor(
    private readonly message: MessagePromise,
    private readonly begin: (tokens$: Observable<string>) => MessagePromise,
    private readonly parts: Subscriber<MessagePromise>,
  ) {}

  /** @returns what stops it. */
  start(): () => void {
    // A message whose reader left ends for whoever reads its tokens; that it is not whole is seen by its whole.
    const tokens$ = concat(this.message, this.message.whole$.pipe(ignoreElements()));
    const subscription = tokens$.subscribe({
      next: (token) => this.#cutter.take(token).forEach((piece) => this.#take(piece)),
      error: (error: unknown) => this.#fail(error),
      complete: () => {
        this.#take(this.#cutter.end());
        this.#take(CUT);
        this.parts.complete();
      },
    });
    return () => {
      subscription.unsubscribe();
      this.#part?.cancel('nobody reads it any more');
    };
  }

  #take(piece: string | typeof CUT): void {
    if (piece === CUT) {
      this.#tokens?.complete();
      this.#tokens = this.#part = undefined;
    } else if (piece !== '') {
      if (!this.#tokens) this.#beginPart();
      this.#tokens?.next(piece);
    }
  }

  #beginPart(): void {
    this.#tokens = new Subject();
    this.#part = this.begin(this.#tokens);
    this.parts.next(this.#part);
  }

  #fail(error: unknown): void {
    if (!this.#tokens) return this.parts.error(error);
    this.#tokens.error(error);
    this.parts.complete();
  }
}
