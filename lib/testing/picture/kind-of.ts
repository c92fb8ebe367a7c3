import type { Mark } from './story.js';

/** What a mark is drawn as. */
export type Kind = 'asked' | 'reply' | 'error' | 'cut';

/** What a mark is drawn as: cancellations are cuts, and an error that stands as a message in its own place is an error. */
export function kindOf({ kind, message, error }: Mark): Kind {
  const isError = kind === 'reply' && message?.tokens.length === 0 && message.whole?.$type === 'ErrorMessage';
  const wrong = error?.name ?? (isError ? message.whole?.text : undefined);
  if (wrong === undefined) return kind;
  return /^CancelledError\b/.test(wrong) ? 'cut' : 'error';
}
