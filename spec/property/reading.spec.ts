import { expect } from 'chai';
import * as fc from 'fast-check';
import type { MessageSequence } from 'miniagents';
import { cases, TIMEOUT } from './cases.js';
import { expected, happens, labels, lastOfEachFrame } from './expected.js';
import { foretell } from './foretell.js';
import { withErrorsAsMessages, withoutAsides } from './plan.js';
import { plans } from './plans.js';
import { hear, read, ways } from './readers.js';
import type { Heard, Way } from './readers.js';
import { plain, since, tokensOf } from './reading.js';
import { foretoldWithPromises, readWithPromises } from './real-time.js';
import type { ReadWithPromises } from './real-time.js';
import { tolerantLog } from './said.js';
import type { Log } from './said.js';
import { play } from './stage.js';
import type { Record, Stage } from './stage.js';

/** Somebody who reads, from a certain frame on, and what he does when he gets a certain piece. */
interface Reader {
  readonly way: Way;
  readonly from: number;
  readonly acts: readonly { readonly nth: number; readonly does: 'join' | 'leave'; readonly way: Way }[];
}

const way = fc.constantFrom(...ways);
const act = fc.record({
  nth: fc.integer({ min: 1, max: 5 }),
  does: fc.constantFrom('join' as const, 'leave' as const),
  way,
});
const reader = fc.record({ way, from: fc.nat({ max: 8 }), acts: fc.array(act, { maxLength: 2 }) });

/** What one reader saw. */
interface Read {
  readonly way: Way;
  readonly from: number;
  seen: Record | undefined;
  left: number | undefined;
}

/** Lets readers read, each of whom may bring others in the middle of what he is given, and leave. */
function letRead(stage: Stage, replies: MessageSequence, readers: readonly Reader[]): Read[] {
  const all: Read[] = [];
  const join = (joins: Way, acts: Reader['acts']) => {
    const mine: Read = { way: joins, from: stage.clock.now(), seen: undefined, left: undefined };
    all.push(mine);
    mine.seen = read(stage, replies, joins, (nth, leave) => {
      for (const { does, way: other } of acts.filter((each) => each.nth === nth)) {
        if (does === 'join') join(other, []);
        else {
          mine.left = nth;
          leave();
        }
      }
    });
  };
  for (const { way: joins, from, acts } of readers) {
    if (from === 0) join(joins, acts);
    else stage.clock.later(from, () => join(joins, acts));
  }
  return all;
}

describe('property: whoever reads a tree of agents sees what a simple model says', function () {
  this.timeout(TIMEOUT);

  it('in every way, from the start and later, many at once, coming and leaving in the middle of a piece', async () => {
    const everybody = ways.map((each): Reader => ({ way: each, from: 0, acts: [] }));
    const readers = fc.array(reader, { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(plans(), readers, async (plan, more) => {
        const { view, reads } = await play((stage) => {
          const { agent, messages } = stage.grower.asking(plan);
          const replies = agent.inquire(messages);
          return {
            view: hear(stage, replies.errorsAsMessages()),
            reads: letRead(stage, replies, [...everybody, ...more]),
          };
        });
        const { log, world } = foretell(plan, view);
        fc.pre(!world.unsureOfOrder);
        for (const { way: ways, from, seen = [], left } of reads) {
          const [saw, would] = [seen, happens(since(from, expected(ways, log)))].map((each) =>
            ways === 'snapshots$' ? lastOfEachFrame(each) : each,
          );
          if (left === undefined) expect(saw, `${ways} from ${from}`).to.deep.equal(would);
          else if (ways !== 'snapshots$')
            expect(saw, `${ways} from ${from}, until ${left}`).to.deep.equal(would?.slice(0, left));
        }
      }),
      cases(1500),
    );
  });

  it('whatever the settings: with startSoon: false once somebody looks, with errorsAsMessages nothing but messages', async () => {
    await fc.assert(
      fc.asyncProperty(
        plans(),
        fc.boolean(),
        fc.boolean(),
        fc.nat({ max: 3 }),
        async (planned, startSoon, errorsAsMessages, from) => {
          const plan = startSoon ? planned : withoutAsides(planned);
          const looksAt = startSoon ? 0 : from;
          const { view, plainly } = await play(
            (stage) => {
              const { agent, messages } = stage.grower.asking({ ...plan, asked: { is: 'nothing', id: -1 } });
              const replies = agent.inquire(messages);
              const heard: Heard[] = [];
              stage.clock.later(looksAt, () =>
                heard.push(hear(stage, replies.errorsAsMessages()), hear(stage, replies)),
              );
              return { heard };
            },
            { startSoon, errorsAsMessages },
          ).then(({ heard: [view, plainly] }) => ({ view: view as Heard, plainly: plainly as Heard }));
          const asked = { ...plan, asked: { is: 'nothing' as const, id: -1 } };
          const { log, world } = foretell(errorsAsMessages ? withErrorsAsMessages(asked) : asked, view, {
            from: looksAt,
          });
          fc.pre(!world.unsureOfOrder);
          expectHeard(plainly, log);
          expectHeard(view, tolerantLog(log));
        },
      ),
      cases(500),
    );
  });

  it('every promise as it comes: each message with its tokens, errors at their places, and the very promises that were sent', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async (plan) => {
        const { view, again, plainly, stage } = await play((on) => {
          const { agent, messages } = on.grower.asking(plan);
          const replies = agent.inquire(messages);
          return {
            view: hear(on, replies.errorsAsMessages()),
            plainly: hear(on, replies),
            again: hear(on, replies.errorsAsMessages()),
          };
        });
        const { log, world } = foretell(plan, view);
        fc.pre(!world.unsureOfOrder);
        expectHeard(plainly, log);
        expectHeard(view, tolerantLog(log));
        expect(again.promises.every((promise, index) => promise === view.promises[index])).to.equal(true);
        for (const promise of plainly.promises) {
          const sent = stage.grower.streams.get(promise.draft.name ?? '');
          if (!plan.errorsAsMessages && sent && !hidden(plan)) expect(promise === sent).to.equal(true);
        }
      }),
      cases(800),
    );
  });

  it('after all is over: for await, resolve() and text()', async () => {
    await fc.assert(
      fc.asyncProperty(plans({ never: false }), async (plan) => {
        const reads: ReadWithPromises[] = [];
        const { view } = await play(
          (stage) => {
            const { agent, messages } = stage.grower.asking(plan);
            const replies = agent.inquire(messages);
            return { replies, view: hear(stage, replies.errorsAsMessages()) };
          },
          {
            after: async ({ replies }) => {
              for (const each of [replies, replies.errorsAsMessages()]) reads.push(await readWithPromises(each));
            },
          },
        );
        const { log, world } = foretell(plan, view);
        fc.pre(!world.unsureOfOrder);
        expect(reads).to.deep.equal([foretoldWithPromises(log), foretoldWithPromises(tolerantLog(log))]);
      }),
      cases(800),
    );
  });
});

/** Whether some agent inside gives errors as messages: a message may be another object there, if it fails. */
function hidden(plan: unknown): boolean {
  return /"(errorsAsMessages|view)":true/.test(JSON.stringify(plan));
}

function expectHeard(heard: Heard, log: Log): void {
  const reading = plain(log);
  expect([...heard.messages]).to.deep.equal(happens(labels(reading)));
  for (const { at, message } of reading.arrivals) {
    expect([...(heard.tokens.get(message.label) ?? [])], message.label).to.deep.equal(
      happens(since(at, tokensOf(message))),
    );
  }
}
