import type { MessageJSON } from '../../messages/message-json.js';
import type { RecordedError, RecordedEvent } from './recorded-event.js';

/** What stands at a place of what an agent was asked: a message, an error, or a message of which no end was recorded. */
export type Asked = { readonly value: MessageJSON } | { readonly error: RecordedError } | undefined;

/** What happens in a run of an agent, to whoever sees it from outside; `at` is the time since it started. */
export type Step = { readonly at: number } & (
  | { readonly type: 'arrived' | 'whole' | 'forwarded'; readonly index: number }
  | { readonly type: 'replied'; readonly message: string; readonly there?: MessageJSON; readonly draft?: MessageJSON }
  | { readonly type: 'replied'; readonly error: RecordedError }
  | Extract<RecordedEvent, { type: 'token' | 'resolved' | 'broken' | 'receivedAll' | 'repliedAll' }>
  | { readonly type: 'finished' | 'cancelled' }
  | { readonly type: 'failed'; readonly error: RecordedError }
);

/** A run as it was recorded. */
export interface RecordedRun {
  readonly id: string;
  readonly agent: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly asked: readonly Asked[];
  /** Whether that was all; a run may be over before. */
  readonly askedAll: boolean;
  readonly steps: readonly Step[];
  /** Which event of the recording each step is. */
  readonly places: readonly number[];
}
