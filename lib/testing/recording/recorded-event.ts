import type { MessageJSON } from '../../messages/message-json.js';

/** An error, as it is written down. */
export interface RecordedError {
  readonly name: string;
  readonly message: string;
  /** What else it says of itself, as far as that is plain: `{ "status": 429 }`. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Something that happened in a recorded run. `at` is when, in whole milliseconds since the first event. `run` is the run
 * that it happened in, by its place in the tree of inquiries (`2.1` is the first inquiry inside the second one); `message` is
 * the id of a message of this recording, which is the same from run to run: where it was seen first, such as `2.1<1` for the
 * first message that run 2.1 was asked, and `2.1>1` for its first reply.
 */
export type RecordedEvent = { readonly at: number } & (
  | {
      /** An agent was called. */
      readonly type: 'inquired';
      readonly run: string;
      /** The run that made the call, if one did. */
      readonly parent?: string;
      readonly agent: string;
      /** What is left of the parameters when what no text can hold is described: `fetch (function)`. */
      readonly params: Readonly<Record<string, unknown>>;
    }
  | {
      /** The agent runs; it is over, with all inside it. */
      readonly type: 'started' | 'finished' | 'cancelled';
      readonly run: string;
    }
  | {
      /** The agent is over, after an error of its own. */
      readonly type: 'failed';
      readonly run: string;
      readonly error: RecordedError;
    }
  | {
      /** A message arrived among what the agent was asked, or among its replies, in order. */
      readonly type: 'received' | 'replied';
      readonly run: string;
      readonly message: string;
      /** Where it is seen first: the message as far as it is known before its text. One that was there whole has none. */
      readonly draft?: MessageJSON;
    }
  | {
      /** An error arrived among what the agent was asked, or among its replies, in order. */
      readonly type: 'received' | 'replied';
      readonly run: string;
      readonly error: RecordedError;
    }
  | {
      /** All has come that the agent was asked, or that it replies; some of it may still be being said. */
      readonly type: 'receivedAll' | 'repliedAll';
      readonly run: string;
    }
  | {
      /** A token of a message came. A message that was there whole has none. */
      readonly type: 'token';
      readonly message: string;
      readonly token: string;
    }
  | {
      /** A message is whole. */
      readonly type: 'resolved';
      readonly message: string;
      readonly value: MessageJSON;
    }
  | {
      /** A message will not become whole. */
      readonly type: 'broken';
      readonly message: string;
      readonly error: RecordedError;
    }
);
