import { describeError } from '../../errors/describe-error.js';
import { errorFrom } from './recorded-error.js';
import type { RecordedRun } from './recorded-run.js';

/**
 * Which step of a run is that in which its agent's own error came, the last among its replies; -1 if it had none, or it came
 * when the replies had ended. Where errors are messages, it is the message that it has become.
 */
export function ownErrorStep({ steps }: RecordedRun): number {
  const end = steps.at(-1);
  if (end?.type !== 'failed') return -1;
  const line = describeError(errorFrom(end.error));
  const all = steps.findIndex(({ type }) => type === 'repliedAll');
  const replies = steps.slice(0, all < 0 ? steps.length : all).map(({ type }) => type);
  const last = Math.max(replies.lastIndexOf('replied'), replies.lastIndexOf('forwarded'));
  const step = steps[last];
  if (step?.type !== 'replied') return -1;
  const said = 'error' in step ? describeError(errorFrom(step.error)) : step.there?.['error'];
  return said === line ? last : -1;
}
