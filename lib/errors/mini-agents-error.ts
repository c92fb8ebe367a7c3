const brand = Symbol.for('miniagents.error');

/**
 * What every error of this library is. `instanceof` goes by a brand that all copies of the library share, so an error of one
 * copy is known to the classes of another; `name` is a literal and survives minifiers.
 *
 * @example
 * ```ts
 * const stopped = agent.inquire('question');
 * stopped.cancel();
 * await stopped.resolve().catch((error) => error instanceof MiniAgentsError); // true: a CancelledError
 * ```
 */
export class MiniAgentsError extends Error {
  static {
    brandErrors(this, 'MiniAgentsError');
  }
}

/**
 * Gives an error class its name, and an `instanceof` that goes by it. A class that was not given one (a user's subclass) keeps
 * the ordinary `instanceof`.
 *
 * @internal
 */
export function brandErrors(type: abstract new (...args: never[]) => Error, name: string): void {
  const known = (value: unknown) =>
    value instanceof Error && ((value as { [brand]?: readonly string[] })[brand]?.includes(name) ?? false);
  const ordinary = Function.prototype[Symbol.hasInstance];
  Object.defineProperties(type.prototype, { name: { value: name }, [brand]: { value: [name, 'MiniAgentsError'] } });
  Object.defineProperty(type, Symbol.hasInstance, {
    value(this: unknown, value: unknown) {
      return this === type ? known(value) : ordinary.call(this as never, value);
    },
  });
}
