const before = { ...process.env };

/** Sets every environment variable back to what it was when the specs were loaded. */
export function restoreEnvironment(): void {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
}
