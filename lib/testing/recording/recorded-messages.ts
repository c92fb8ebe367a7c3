import type { MessageJSON } from '../../messages/message-json.js';
import type { RecordedEvent } from './recorded-event.js';
import type { Asked } from './recorded-run.js';

/** What a recording says of one message. */
export interface RecordedMessage {
  /** What was known of it before its text; nothing, if it was there whole. */
  draft?: MessageJSON;
  /** What became of it. */
  end?: Asked;
  /** The runs that it was seen in, and as what first. */
  readonly runs: Map<string, 'received' | 'replied'>;
}

/** What a recording says of each of its messages. */
export function readMessages(events: readonly RecordedEvent[]): Map<string, RecordedMessage> {
  const messages = new Map<string, RecordedMessage>();
  for (const event of events) {
    if (!('message' in event)) continue;
    const message: RecordedMessage = messages.get(event.message) ?? { runs: new Map() };
    messages.set(event.message, message);
    if (event.type === 'resolved') message.end = { value: event.value };
    if (event.type === 'broken') message.end = { error: event.error };
    if (!('run' in event)) continue;
    if (event.draft) message.draft ??= event.draft;
    if (!message.runs.has(event.run)) message.runs.set(event.run, event.type);
  }
  return messages;
}
