/** Throws what went wrong, if anything did: of several errors an AggregateError that shows them all. */
export function throwAll(errors: readonly Error[]): void {
  const [error] = errors;
  if (errors.length === 1 && error) throw error;
  if (errors.length > 1) throw new AggregateError(errors, errors.map(({ message }) => message).join('\n'));
}
