import { currentScope } from '#ambient';
import type { Scope } from './scope.js';
import { Session } from './session.js';
import { UnhandledErrors } from './unhandled-errors.js';

/** Prints an error that nobody consumed. */
export function printUnhandledError(error: unknown, path: string): void {
  console.error(`Nobody consumed this error${path && ` of agent ${path}`}:`, error);
}

/** Where what is started outside any MiniAgents belongs. It never ends. */
export const defaultSession = new Session(undefined, new UnhandledErrors(printUnhandledError, true));

/** Those that have not ended: what runs is in one of them. */
export const openSessions = new Set<Session>([defaultSession]);

/** The MiniAgents that are active where no run is current, the latest last. */
export const activeSessions: Session[] = [];

/**
 * The scope that what is started now belongs to: the current run's, or the closest one around it that is not over yet. What
 * is started in a run that was cancelled is cancelled too.
 */
export function ownerNow(): Scope {
  return ownerIn(currentScope() ?? activeSessions.at(-1));
}

/** A scope, or the closest one around it that is not over yet; the scope itself if it was cancelled. */
export function ownerIn(scope: Scope | undefined): Scope {
  while (scope?.over && !scope.cancellation) scope = scope.parent;
  return scope ?? defaultSession;
}
