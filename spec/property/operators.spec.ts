import { expect } from 'chai';
import * as fc from 'fast-check';
import type { MessagePromise } from 'miniagents';
import { concatAll, concatMap, exhaustMap, mergeMap, Observable, switchMap, take } from 'rxjs';
import { expectRuns, expectVisits } from './beside.js';
import { cases, TIMEOUT } from './cases.js';
import { happens, labels } from './expected.js';
import { labelOf } from './grow.js';
import { Model } from './model.js';
import type { AskPart } from './plan.js';
import { plans } from './plans.js';
import { hear } from './readers.js';
import { since, tokensOf } from './reading.js';
import type { Reading, Seen } from './reading.js';
import { play } from './stage.js';
import type { Stage } from './stage.js';
import type { Clock } from './virtual-time.js';
import { World } from './world.js';

/** One subscription to `agent(x)`. */
function ask({ grower }: Stage, plan: AskPart): Observable<MessagePromise> {
  const { agent, messages } = grower.asking(plan);
  return agent(messages);
}

/** What the model says of a subscription to `agent(x)` that begins in a certain frame and may be left in another. */
function foretellCold(world: World, plan: AskPart, at = 0, leaves = Infinity): Reading {
  const model = new Model(world);
  return model.cold(plan, model.outside(at, leaves));
}

const worldOf = (seen: readonly Seen[], leave: readonly number[] = []): World =>
  new World({ leave, seen: seen.map(([, what]) => what.replaceAll('^', '')) });

/** Questions in certain frames, after the last of which there are no more. */
function questions(clock: Clock, frames: readonly number[]): Observable<number> {
  return new Observable((subscriber) => {
    frames.forEach((at, index) => clock.later(at, () => subscriber.next(index)));
    clock.later(Math.max(...frames), () => subscriber.complete());
  });
}

/** Frames of questions, one after the other, of which none falls together with anything else. */
const frames = (count: number): fc.Arbitrary<number[]> =>
  fc.array(fc.nat({ max: 5 }), { minLength: count, maxLength: count }).map((gaps) => {
    let frame = 0;
    return gaps.map((gap, index) => (frame += gap) + 1 - 2 ** -(index + 1));
  });

/** Plans whose numbers do not overlap. */
const several = (count: number, harmless = false): fc.Arbitrary<AskPart[]> =>
  fc.tuple(
    ...Array.from({ length: count }, (_, index) =>
      plans({ from: index * 1000, apart: true, errors: !harmless, never: !harmless }),
    ),
  );

describe('property: agent(x) in a pipe', function () {
  this.timeout(TIMEOUT);

  it('a subscriber who leaves lets go of everything inside, and those who still read a message see it end there', async () => {
    const plan = fc.oneof(plans(), plans({ apart: true }));
    await fc.assert(
      fc.asyncProperty(plan, fc.nat({ max: 10 }), async (what, frame) => {
        const leaves = frame + 0.498046875;
        const { heard, stage } = await play((on) => {
          const all = hear(on, ask(on, what));
          on.clock.later(leaves, all.messages.leave);
          return { heard: all };
        });
        const world = worldOf(heard.messages, [leaves]);
        const reading = foretellCold(world, what, 0, leaves);
        fc.pre(!world.unsureOfOrder);
        expect([...heard.messages]).to.deep.equal(happens(labels(reading)).filter(([at]) => at < leaves));
        for (const { at, message } of reading.arrivals.filter((arrival) => arrival.at < leaves)) {
          expect(heard.tokens.get(message.label), message.label).to.deep.equal(happens(since(at, tokensOf(message))));
        }
        fc.pre(!world.unsureOfEnds);
        expectVisits(stage, world);
        expectRuns(stage, world);
      }),
      cases(900),
    );
  });

  it('a subscriber who leaves in the middle of a message or a token lets go of everything in that frame', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), fc.integer({ min: 1, max: 4 }), fc.boolean(), async (plan, count, tokens) => {
        const { stage, open, seen } = await play((on) => {
          const left: number[] = [];
          const pieces: Observable<MessagePromise | string> = tokens ? ask(on, plan).pipe(concatAll()) : ask(on, plan);
          const record = on.record(
            pieces.pipe(take(count)),
            (piece) => (typeof piece === 'string' ? piece : labelOf(piece)),
            (nth) => {
              if (nth === count) on.clock.later(0, () => left.push(...on.probes.open));
            },
          );
          return { open: left, seen: record };
        });
        fc.pre(seen.length > count);
        const [leaves] = seen.at(-1) as Seen;
        const world = worldOf([]);
        foretellCold(world, plan, 0, leaves);
        fc.pre(!world.unsureOfEnds && !world.unsureOfOrder);
        const unleft = worldOf([]);
        foretellCold(unleft, plan);
        // What goes on as if nobody had left is outside.
        const inside = [...world.visits].filter(([id, { to }]) => unleft.visits.get(id)?.to !== to).map(([id]) => id);
        expect(open.filter((id) => inside.includes(id))).to.deep.equal([]);
        expect(stage.probes.open).to.deep.equal([]);
      }),
      cases(600),
    );
  });

  it('switchMap(agent): a new question cancels the old answer and the tokens it still owes', async () => {
    await fc.assert(
      fc.asyncProperty(several(3), frames(3), async (answers, asked) => {
        const { heard, stage } = await play((on) => ({
          heard: hear(on, questions(on.clock, asked).pipe(switchMap((index) => ask(on, answers[index] as AskPart)))),
        }));
        const world = worldOf(heard.messages, asked);
        const seen = switched(world, answers, asked);
        fc.pre(!world.unsureOfOrder);
        expect([...heard.messages]).to.deep.equal(happens(seen));
        fc.pre(!world.unsureOfEnds);
        expectVisits(stage, world);
        expectRuns(stage, world);
      }),
      cases(500),
    );
  });

  it('mergeMap(agent, n), concatMap and exhaustMap: no more at once than that, to the end of their tokens', async () => {
    await fc.assert(
      fc.asyncProperty(several(4, true), frames(4), fc.nat({ max: 3 }), async (answers, asked, limit) => {
        const { heard, stage } = await play((on) => {
          const answer = (index: number) => ask(on, answers[index] as AskPart);
          const operator = limit === 0 ? exhaustMap(answer) : limit === 1 ? concatMap(answer) : mergeMap(answer, limit);
          return { heard: hear(on, questions(on.clock, asked).pipe(operator)) };
        });
        const world = worldOf(heard.messages);
        const seen = merged(world, answers, asked, limit);
        fc.pre(!world.unsureOfOrder);
        expect(sorted(heard.messages)).to.deep.equal(sorted(seen));
        fc.pre(!world.unsureOfEnds);
        expectVisits(stage, world);
        expectRuns(stage, world);
      }),
      cases(300),
    );
  });
});

/** What comes out of switchMap. */
function switched(world: World, answers: readonly AskPart[], asked: readonly number[]): Seen[] {
  const seen: Seen[] = [];
  for (const [index, at] of asked.entries()) {
    const leaves = asked[index + 1] ?? Infinity;
    const reading = foretellCold(world, answers[index] as AskPart, at, leaves);
    const last = leaves === Infinity || reading.error !== undefined;
    seen.push(...(last ? labels(reading) : labels(reading).slice(0, -1)).filter(([frame]) => frame < leaves || last));
    if (reading.error !== undefined) break;
  }
  return seen;
}

/** What comes out of mergeMap with so many at once, or for 0 out of exhaustMap. */
function merged(world: World, answers: readonly AskPart[], asked: readonly number[], limit: number): Seen[] {
  const seen: Seen[] = [];
  const ends: number[] = [];
  for (const [index, at] of asked.entries()) {
    const busy = ends.filter((end) => end > at).sort((one, other) => one - other);
    if (limit === 0 && busy.length > 0) continue;
    const starts = limit > 0 && busy.length >= limit ? (busy[busy.length - limit] as number) : at;
    const reading = foretellCold(world, answers[index] as AskPart, starts);
    seen.push(...labels(reading).slice(0, -1));
    ends.push(reading.end);
  }
  return [...seen, [Math.max(...ends, ...asked), 'end']];
}

const sorted = (seen: readonly Seen[]): string[] => seen.map(([frame, what]) => `${frame} ${what}`).sort();
