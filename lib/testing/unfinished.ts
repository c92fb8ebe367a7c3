import { Run } from '../runtime/run.js';
import { openSessions } from '../scope/owner.js';
import { Scope } from '../scope/scope.js';

/** The agents that were asked since this was made, in any MiniAgents, and have not ended. */
export class Unfinished {
  readonly #before = new Set(runsNow());

  /** Their names, each once, callers before those whom they ask. */
  get names(): string[] {
    return [...new Set(this.#runs.map(({ agent }) => agent.name))];
  }

  /** Cancels them, so that what is stuck is not left behind. */
  cancel(reason: unknown): void {
    for (const run of this.#runs) run.cancelBecause(reason);
  }

  get #runs(): Run[] {
    return runsNow().filter((run) => !this.#before.has(run));
  }
}

function runsNow(): Run[] {
  const runs: Run[] = [];
  const open: unknown[] = [...openSessions].reverse();
  for (let next = open.pop(); next; next = open.pop()) {
    if (next instanceof Run) runs.push(next);
    if (next instanceof Scope) open.push(...next.inside.reverse());
  }
  return runs;
}
