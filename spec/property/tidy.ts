import { CANCELLED } from './said.js';

/** A text with what is said of cancellations and of junk in the model's words. */
export function tidy(text: string): string {
  return text
    .replace(/CancelledError: [^\n^|]*/g, CANCELLED)
    .replace(/NotAMessageError: [^\n^|]*? got (\d+) \(number\)/g, 'junk$1');
}

export function errorLabel(error: unknown): string {
  return tidy(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}
