import type { List } from 'immutable';
import { concat, finalize, ignoreElements, map, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { Message } from '../messages/message.js';
import type { MessagePromise } from '../streams/message-promise.js';
import { MessageSequence } from '../streams/message-sequence.js';
import '../streams/message-stream.js';
import type { MessageType } from '../streams/message-type.js';
import { borrow } from './borrowed.js';
import { joinedFields } from './joined-fields.js';
import { expectMessageClass } from './message-class.js';
import type { FieldsBesideText, MessageClass } from './message-class.js';
import { stripLeadingNewlines } from './strip-leading-newlines.js';

/** How messages are joined. */
export interface JoinOptions<Type extends MessageClass = typeof Message> {
  /** What stands between two messages, as a token of its own. Default: a blank line (`\n\n`); `null`: nothing. */
  readonly delimiter?: string | null | undefined;
  /** The class of the joined message. Default `Message`. */
  readonly type?: Type | undefined;
  /** Fields of the joined message, known before its text; they win over what is taken from the messages. */
  readonly fields?: NoInfer<FieldsBesideText<Type>> | undefined;
  /** Whether its `data.originalMessages` lists the messages. Default `true`. */
  readonly originalMessages?: boolean | undefined;
  /** Whether the line ends that a message begins with are left out. Default `false`. */
  readonly stripLeadingNewlines?: boolean | undefined;
}

/**
 * One message out of many: their texts, with a delimiter between. Its tokens are theirs, at the moment they come.
 *
 * The whole message has the role and the name of the last one that has any, and the `data` of all of them, later ones winning;
 * where they are of the joined message's class, its further fields likewise.
 *
 * It starts at once. An error is that of the joined message, after the tokens before it. When it is cancelled it lets go of
 * what it subscribed to; a `MessageSequence` or `MessagePromise` that it was given goes on, for others may read it.
 *
 * @example
 * ```ts
 * const joined = joinMessages(['one', agent('two')], { fields: { role: 'user' } });
 * for await (const token of joined) process.stdout.write(token);
 * ```
 *
 * @throws NotAMessageError if it is no {@link MessageType}, InvalidArgumentError for an option of the wrong kind,
 * InvalidMessageError for fields that the class does not have.
 */
export function joinMessages<Type extends MessageClass = typeof Message>(
  messages: MessageType,
  options: JoinOptions<Type> = {},
): MessagePromise {
  const { fields = {}, originalMessages = true } = options;
  const type = expectMessageClass(options.type);
  type.stream([], fields); // Throws what is wrong with them, before anything is subscribed to.
  let sources: List<Message> | undefined;
  const tokens$ = joinedTokens(messages, options, (whole) => (sources = whole));
  return type.stream(tokens$, fields, () => joinedFields(type, sources, fields, originalMessages));
}

function joinedTokens(
  messages: MessageType,
  { delimiter = '\n\n', stripLeadingNewlines: strips = false }: JoinOptions<MessageClass>,
  onWhole: (sources: List<Message>) => void,
): Observable<string> {
  if (delimiter !== null && typeof delimiter !== 'string')
    throw new InvalidArgumentError('a string or null as delimiter', delimiter);
  const borrowed = borrow(messages);
  const { sequence } = borrowed;
  const stripped: MessagePromise[] = [];
  const strip = (message: MessagePromise) => {
    stripped.push(Message.stream(message.pipe(stripLeadingNewlines())));
    return stripped.at(-1);
  };
  const delimited = MessageSequence.from(
    sequence.pipe(map((message, index) => [index > 0 ? delimiter : null, strips ? strip(message) : message])),
  );
  return concat(delimited.tokens$, sequence.whole$.pipe(tap(onWhole), ignoreElements())).pipe(
    finalize(() => {
      for (const made of [delimited, ...stripped]) made.cancel();
      borrowed.letGo();
    }),
  );
}
