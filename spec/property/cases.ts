const { PROPERTY_SEED, PROPERTY_TIMES, PROPERTY_PATH } =
  (globalThis as { process?: { env: { [name: string]: string | undefined } } }).process?.env ?? {};

/**
 * How many cases a property is tried on. They are the same from run to run, so that a build fails because of what has changed;
 * `PROPERTY_SEED=… PROPERTY_TIMES=20 npm test -- 'spec/property/*.spec.ts'` looks for new ones.
 */
export function cases(count: number): { numRuns: number; seed: number; path?: string; endOnFailure?: boolean } {
  return {
    numRuns: Math.ceil(count * Number(PROPERTY_TIMES ?? 1)),
    seed: Number(PROPERTY_SEED ?? 7),
    ...(PROPERTY_PATH && { path: PROPERTY_PATH, endOnFailure: true }),
  };
}

/** Long enough for every case of a property, on a slow machine. */
export const TIMEOUT = 60_000 * Math.max(1, Number(PROPERTY_TIMES ?? 1));
