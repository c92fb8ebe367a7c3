import { expect } from 'chai';
import * as fc from 'fast-check';
import { expectOrderOfEvents, expectRuns, expectVisits } from './beside.js';
import { cases, TIMEOUT } from './cases.js';
import { foretell } from './foretell.js';
import { plans } from './plans.js';
import type { PlanOptions } from './plans.js';
import { hear } from './readers.js';
import type { Heard } from './readers.js';
import { plain, tokensOf } from './reading.js';
import { tolerantLog } from './said.js';
import type { Log } from './said.js';
import { play } from './stage.js';
import type { Stage } from './stage.js';
import type { AskPart } from './plan.js';

/** Plays a plan of which everything is heard as messages. */
function playHeard(plan: AskPart): Promise<{ stage: Stage; view: Heard }> {
  return play((stage) => {
    const { agent, messages } = stage.grower.asking(plan);
    return { view: hear(stage, agent.inquire(messages).errorsAsMessages()) };
  });
}

/** Plans in which much happens in one frame, and ones in which nothing does that has no common cause. */
const together = (options: PlanOptions = {}): fc.Arbitrary<AskPart> =>
  fc.oneof(plans(options), plans({ ...options, apart: true }));

describe('property: what happens beside the messages of a tree of agents is what a simple model says', function () {
  this.timeout(TIMEOUT);

  it('every source is subscribed to once and let go; every run is asked, started and over; each in its frame', async () => {
    await fc.assert(
      fc.asyncProperty(together(), async (plan) => {
        const { stage, view } = await playHeard(plan);
        const { world } = foretell(plan, view);
        fc.pre(!world.unsureOfOrder && !world.unsureOfEnds);
        expectVisits(stage, world);
        expectRuns(stage, world);
      }),
      cases(1000),
    );
  });

  it('events come in order, and nothing is left when all is cancelled', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async (plan) => {
        const { stage } = await playHeard(plan);
        expectOrderOfEvents(stage);
        expect(stage.probes.open).to.deep.equal([]);
      }),
      cases(400),
    );
  });

  it('an error that nobody sees is reported once, and none that somebody sees', async () => {
    await fc.assert(
      fc.asyncProperty(together({ never: false }), async (plan) => {
        const { stage, view } = await playHeard(plan);
        const { log, world } = foretell(plan, view);
        fc.pre(!world.unsureOfOrder && !world.unsureOfEnds);
        const seen = seenAsMessages(log);
        const unseen = [...world.errors].filter((error) => !world.turned.has(error) && !seen.has(error));
        expect(stage.reported.sort()).to.deep.equal(unseen.sort());
      }),
      cases(800),
    );
  });
});

/** What a reader of the errors as messages sees, the marks of those who retold it taken off. */
function seenAsMessages(log: Log): Set<string> {
  const lines = plain(tolerantLog(log)).arrivals.flatMap(({ message }) => tokensOf(message).map(([, token]) => token));
  return new Set(lines.map((line) => line.trim().replaceAll('^', '')));
}
