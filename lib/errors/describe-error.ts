import { attempt } from './describe.js';

/** An error as text, `RangeError: boom`, by its class's name where it has none of its own; whatever was thrown. */
export function describeError(error: unknown): string {
  return attempt(() => {
    if (!(error instanceof Error)) return `Error: ${String(error)}`;
    return `${error.name === 'Error' ? error.constructor.name : error.name}: ${error.message}`;
  }, 'Error: something that has no text');
}
