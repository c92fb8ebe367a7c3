/** An error as text, `RangeError: boom`, by its class's name where it has none of its own; whatever was thrown. */
export function describeError(error: unknown): string {
  try {
    if (!(error instanceof Error)) return `Error: ${String(error)}`;
    const name = error.name === 'Error' ? error.constructor.name : error.name;
    return `${name}: ${error.message}`;
  } catch {
    return 'Error: something that has no text';
  }
}
