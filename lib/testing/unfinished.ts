import { miniAgentsOf } from '../runtime/mini-agents.js';
import { ownerNow } from '../scope/owner.js';
import type { Scope } from '../scope/scope.js';

/** Keeps account of the agents that were asked and have not ended, in the MiniAgents that is current. */
export class Unfinished {
  readonly #agents = new Map<string, string>();
  readonly #subscription = miniAgentsOf(outermost(ownerNow())).events$.subscribe(
    ({ type, interaction: { id, agent } }) => {
      if (type === 'inquired') this.#agents.set(id, agent);
      if (type === 'finished' || type === 'failed' || type === 'cancelled') this.#agents.delete(id);
    },
  );

  /** Their names, each once, in the order in which they were asked. */
  get names(): string[] {
    return [...new Set(this.#agents.values())];
  }

  stop(): void {
    this.#subscription.unsubscribe();
  }
}

function outermost(scope: Scope): Scope {
  let outer = scope;
  while (outer.parent) outer = outer.parent;
  return outer;
}
