import type { MessageJSON } from '../../messages/message-json.js';
import type { RecordedError } from '../recording/recorded-event.js';

/** A message of a run, as it is told in a picture. */
export interface ToldMessage {
  readonly id: string;
  /** In which lane it was seen first. */
  readonly home: Lane;
  /** When it was seen first. */
  readonly at: number;
  /** Whether it was seen first among what an agent was asked. */
  readonly isAsked: boolean;
  /** The tokens that came. */
  readonly tokens: readonly string[];
  readonly whole?: MessageJSON;
  readonly error?: RecordedError;
  /** When it was whole, or broke. */
  readonly endedAt?: number;
}

/** Something that stands at one point of a lane: what the agent was asked, a reply, an error. */
export interface Mark {
  readonly at: number;
  readonly kind: 'asked' | 'reply' | 'error';
  /** Whether this is where it was seen first; elsewhere it is passed on. */
  readonly first: boolean;
  readonly message?: ToldMessage;
  readonly error?: RecordedError;
}

/** A run of an agent. */
export interface Lane {
  readonly run: string;
  readonly agent: string;
  readonly parent: Lane | undefined;
  readonly depth: number;
  /** When the call was made. */
  readonly askedAt: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly end: 'open' | 'finished' | 'failed' | 'cancelled';
  readonly error?: RecordedError;
  readonly marks: readonly Mark[];
  /** When tokens came of the messages that are at home here: of replies, and of what was asked. */
  readonly said: readonly number[];
  readonly heard: readonly number[];
}

/** What happened in a run, in the order in which it is drawn: each agent followed by those it asked. */
export interface Story {
  readonly lanes: readonly Lane[];
  readonly messages: readonly ToldMessage[];
  /** When the first and the last thing happened. */
  readonly from: number;
  readonly to: number;
}
