import type { RawEvent } from './recorder.js';
import type { RecordedError, RecordedEvent } from './recorded-event.js';
import type { Redaction } from './redaction.js';

/** Writes events out, without the secrets that are in them. @throws what a rule throws */
export function redactEvents(events: readonly RawEvent[], redaction: Redaction): RecordedEvent[] {
  const tokens = redactedTokens(events, redaction);
  return events.map((event): RecordedEvent => {
    if (event.type === 'token') return { ...event, token: tokens.get(event.message)?.next().value as string };
    if (event.type === 'inquired') return { ...event, params: redaction.value(event.params, 'params') };
    if (event.type === 'resolved') return { ...event, value: redaction.value(event.value.toJSON(), 'value') };
    if ('error' in event) return { ...event, error: redactedError(event.error, redaction) };
    if ('draft' in event && event.draft) return { ...event, draft: redaction.value(event.draft.toJSON(), 'draft') };
    return event as RecordedEvent;
  });
}

/** The tokens of each message, in order: a secret may be split over several. */
function redactedTokens(events: readonly RawEvent[], redaction: Redaction): Map<string, Iterator<string>> {
  const tokens = new Map<string, string[]>();
  for (const event of events) {
    if (event.type !== 'token') continue;
    const known = tokens.get(event.message);
    if (known) known.push(event.token);
    else tokens.set(event.message, [event.token]);
  }
  return new Map([...tokens].map(([message, all]) => [message, redaction.tokens(all).values()]));
}

function redactedError({ name, message, facts }: RecordedError, redaction: Redaction): RecordedError {
  return {
    name: redaction.text(name, 'name'),
    message: redaction.text(message, 'message'),
    ...(facts && { facts: redaction.value(facts, 'facts') }),
  };
}
