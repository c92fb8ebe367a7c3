import { Model } from './model.js';
import type { AskPart } from './plan.js';
import type { Heard } from './readers.js';
import type { Log } from './said.js';
import { World } from './world.js';
import type { Doings } from './world.js';

/** What the model says of a plan, after what was seen by somebody who saw everything: who came first in a frame is not its business. */
export function foretell(
  plan: AskPart,
  { messages }: Heard,
  doings: Omit<Doings, 'seen'> = {},
): { log: Log; world: World } {
  const world = new World({ ...doings, seen: messages.map(([, what]) => what.replaceAll('^', '')) });
  return { log: new Model(world).root(plan), world };
}
