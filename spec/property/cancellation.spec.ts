import { expect } from 'chai';
import * as fc from 'fast-check';
import { expectRuns, expectVisits } from './beside.js';
import { cases, TIMEOUT } from './cases.js';
import { expected, happens, labels, lastOfEachFrame } from './expected.js';
import { foretell } from './foretell.js';
import type { AskPart } from './plan.js';
import { inquiriesIn } from './plan.js';
import { plans } from './plans.js';
import { hear, read, ways } from './readers.js';
import type { Way } from './readers.js';
import { plain, since, tokensOf } from './reading.js';
import type { Seen } from './reading.js';
import { CANCELLED, tolerantLog } from './said.js';
import type { Log } from './said.js';
import { play } from './stage.js';
import type { Stage } from './stage.js';

/** A plan whose replies are errors where they are errors: what a cancelled sequence ends with is one. */
const strict = fc.oneof(plans(), plans({ apart: true })).map((plan): AskPart => ({ ...plan, errorsAsMessages: false }));

/** Between two frames, so that it is clear what came before. */
const moment = fc.nat({ max: 12 }).map((frame) => frame + 0.498046875);

/** Asks the agent of a plan, reads it in every way there is, and has somebody cancel something. */
function readAndCancel(plan: AskPart, cancel: (stage: Stage) => void, signal?: AbortSignal) {
  return play((stage) => {
    const { agent, messages } = stage.grower.asking(plan);
    const replies = agent.inquire(messages, { signal });
    stage.grower.replies.set(plan.id, replies);
    const view = hear(stage, replies.errorsAsMessages());
    const reads = ways.map((way) => ({ way, seen: read(stage, replies, way) }));
    cancel(stage);
    return { view, reads };
  });
}

/** A reader of what is cancelled sees all that came before, and then the cancellation, in that frame. */
function expectCutShort(way: Way, seen: readonly Seen[], natural: Log, cut: Log, at: number): void {
  const full = expected(way, natural);
  // RxJS's own operators hear nothing of a sequence that they have to the end; they hear of its messages.
  const composed = (way === 'concatAll' || way === 'wholes') && plain(natural).end < at;
  if (composed) return void expect(seen, way).to.deep.equal(happens(expected(way, cut)));
  if ((full.at(-1)?.[0] ?? Infinity) < at) return expectAll(way, seen, full);
  const before = (each: readonly Seen[]): Seen[] => each.filter(([frame]) => frame < at);
  expectAll(way, before(seen), before(full));
  expect(seen.at(-1), way).to.deep.equal([at, way === 'view' ? 'end' : CANCELLED]);
}

function expectAll(way: Way, seen: readonly Seen[], full: readonly Seen[]): void {
  const [saw, would] = way === 'snapshots$' ? [lastOfEachFrame(seen), lastOfEachFrame(full)] : [seen, full];
  expect(saw, way).to.deep.equal(would);
}

describe('property: a tree of agents of which something is cancelled', function () {
  this.timeout(TIMEOUT);

  for (const how of ['cancel()', 'a signal']) {
    it(`every reader gets a CancelledError, all that is inside is let go, what is outside goes on: by ${how}`, async () => {
      await fc.assert(
        fc.asyncProperty(strict, moment, async (plan, at) => {
          const controller = new AbortController();
          const { stage, view, reads } = await readAndCancel(
            plan,
            ({ clock, grower }) =>
              clock.later(at, () => (how === 'cancel()' ? grower.replies.get(plan.id)?.cancel() : controller.abort())),
            controller.signal,
          );
          const { log: natural, world: freely } = foretell(plan, view);
          const { log, world } = foretell(plan, view, { cancel: { id: plan.id, at } });
          fc.pre(!world.unsureOfOrder && !freely.unsureOfOrder);
          for (const { way, seen } of reads) expectCutShort(way, seen, natural, log, at);
          for (const { at: from, message } of plain(tolerantLog(log)).arrivals.filter((arrival) => arrival.at < at)) {
            expect([...(view.tokens.get(message.label) ?? [])], message.label).to.deep.equal(
              happens(since(from, tokensOf(message))),
            );
          }
          fc.pre(!world.unsureOfEnds);
          expectVisits(stage, world);
          expectRuns(stage, world);
        }),
        cases(600),
      );
    });
  }

  it('cancelling an inquiry inside is an error at its place, and all that is not inside it goes on', async () => {
    await fc.assert(
      fc.asyncProperty(strict, moment, fc.nat(), async (plan, at, pick) => {
        const inside = inquiriesIn(plan).filter((id) => id !== plan.id);
        fc.pre(inside.length > 0);
        const id = inside[pick % inside.length] as number;
        const { stage, view, reads } = await readAndCancel(plan, ({ clock, grower }) =>
          clock.later(at, () => grower.replies.get(id)?.cancel()),
        );
        const { log, world } = foretell(plan, view, { cancel: { id, at } });
        fc.pre(!world.unsureOfOrder);
        for (const { way, seen } of reads) expectAll(way, seen, happens(expected(way, log)));
        expect([...view.messages]).to.deep.equal(happens(labels(plain(tolerantLog(log)))));
        fc.pre(!world.unsureOfEnds);
        expectVisits(stage, world);
        expectRuns(stage, world);
      }),
      cases(900),
    );
  });

  it('cancelling everything ends every reader and every source in that frame', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), moment, async (plan, at) => {
        const open: number[] = [];
        const { view, reads, stage } = await readAndCancel(plan, ({ clock, miniAgents, probes }) => {
          clock.later(at, () => {
            miniAgents.cancel();
            open.push(...probes.open);
          });
        });
        expect(open).to.deep.equal([]);
        for (const { way, seen } of [...reads, { way: 'view' as const, seen: view.messages }])
          expect(seen.at(-1)?.[0] ?? Infinity, way).to.be.at.most(at);
        for (const { at: frame, event } of stage.events) if (event.type === 'started') expect(frame).to.be.below(at);
      }),
      cases(300),
    );
  });
});
