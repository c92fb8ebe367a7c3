import type { MessagePromise } from '../../streams/message-promise.js';
import { isSign, WAITING } from '../../streams/reader.js';

/** Who is told of the tokens of a message, and then, when everybody who reads along has read them all, of its end. */
export interface TokenFollower {
  token(token: string): void;
  end(): void;
}

/** Whether a message was there whole when it was sent, and was never said token by token. */
export function isThere(promise: MessagePromise): boolean {
  const { draft, log } = promise;
  if (!log.ended || promise.settled() !== draft) return false;
  return log.open().every((token) => token !== '' && token === draft.text);
}

/**
 * Tells of the tokens of a message as they come, without being one of its subscribers: an error is not consumed by that.
 *
 * @returns what ends it.
 */
export function followTokens(promise: MessagePromise, follower: TokenFollower): () => void {
  const run = () => {
    for (let token = tokens.read(); token !== WAITING; token = tokens.read()) {
      if (isSign(token)) return tokens.close();
      follower.token(token);
    }
  };
  const end = { run: () => follower.end() };
  const tokens = promise.reader({ run });
  run();
  promise.whenSettled(end, false);
  return () => {
    tokens.close();
    promise.forget(end);
  };
}
