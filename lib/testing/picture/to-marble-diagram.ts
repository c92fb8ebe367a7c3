import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import { MiniAgents } from '../../runtime/mini-agents.js';
import { record } from '../recording/record.js';
import type { Recording } from '../recording/recording.js';
import { MarbleDiagram } from './marble-diagram.js';

/** What a picture is called. */
export interface MarbleDiagramOptions {
  /** What stands above it, and what screen readers call it. Default `A run of agents`. */
  readonly title?: string | undefined;
}

/**
 * Draws a run: a lane for each run of an agent, nested by who called whom; tokens as ticks, messages as marbles with their first
 * words, errors as crosses, cancellations as cuts.
 *
 * @param run - a recording; or a MiniAgents, which is recorded from now on, and drawn as far as it has come whenever asked.
 * One that is being recorded already is drawn by its recording, which may still grow.
 * @throws InvalidArgumentError if it is neither; LifecycleError if it is a MiniAgents that is being recorded already.
 *
 * @example
 * ```ts
 * const diagram = toMarbleDiagram(miniAgents);
 * await miniAgents.run(() => agent.inquire('question'));
 * console.log(diagram.toText());
 * ```
 */
export function toMarbleDiagram(
  run: Recording | MiniAgents,
  { title = 'A run of agents' }: MarbleDiagramOptions = {},
): MarbleDiagram {
  if (typeof title !== 'string') throw new InvalidArgumentError('a string as title', title);
  const recording = run instanceof MiniAgents ? record(run) : run;
  if (!Array.isArray((recording as Partial<Recording> | undefined)?.events))
    throw new InvalidArgumentError('a Recording or a MiniAgents', run);
  return new MarbleDiagram(() => recording.events, title);
}
