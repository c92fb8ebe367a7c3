import type { Checked } from './expectation.js';

/** What is checked at the end of each spec in virtual time that runs now, the inner one last. */
const specs: Checked[][] = [];

/** Has something checked at the end of the spec in virtual time that runs now; outside of one, nothing is done. */
export function checkAtTheEnd(checked: Checked): void {
  specs.at(-1)?.push(checked);
}

/** Begins a spec. */
export function beginSpec(): { readonly checks: readonly Checked[]; readonly end: () => void } {
  const checks: Checked[] = [];
  specs.push(checks);
  return { checks, end: () => void specs.splice(specs.indexOf(checks), 1) };
}
