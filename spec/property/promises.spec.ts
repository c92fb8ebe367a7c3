import { expect } from 'chai';
import * as fc from 'fast-check';
import { miniagent, MiniAgents } from 'miniagents';
import type { MessageSequence } from 'miniagents';
import { cases, TIMEOUT } from './cases.js';
import { AsyncGrower, ticks } from './grow-async.js';
import { Model } from './model.js';
import { atOnce } from './plan.js';
import type { AskPart, Part } from './plan.js';
import { plans } from './plans.js';
import { foretoldWithPromises, readWithPromises } from './real-time.js';
import type { ReadWithPromises } from './real-time.js';
import { tolerantLog } from './said.js';
import type { Log } from './said.js';
import { errorLabel } from './tidy.js';
import { World } from './world.js';

/** What each message is called that a reader of the errors as messages saw, or each error. */
function labelsIn({ messages }: ReadWithPromises): string[] {
  return messages.map((line) => line.replaceAll('^', '').replace(/^((?:RangeError: )?\w+).*$/s, '$1'));
}

/** Runs a plan in real time. */
async function runPlan(
  plan: AskPart,
  read: (replies: MessageSequence, grower: AsyncGrower) => Promise<unknown>,
): Promise<{ reported: string[]; grower: AsyncGrower }> {
  const reported: string[] = [];
  const grower = new AsyncGrower();
  const miniAgents = new MiniAgents({ onUnhandledError: (error) => reported.push(errorLabel(error)) });
  await miniAgents.run(async () => {
    const { agent, messages } = grower.asking(plan);
    await read(agent.inquire(messages), grower);
    // What was asked is not inside, and may go on for ever.
    miniAgents.cancel();
  });
  return { reported, grower };
}

/** What the model says of a plan in which the order of what comes out of order is as it was seen. */
function foretell(plan: AskPart, seen: readonly string[]): { log: Log; world: World } {
  const world = new World({ seen });
  return { log: new Model(world).root(atOnce(plan)), world };
}

describe('property: a tree of async functions, async generators, promises and web streams', function () {
  this.timeout(TIMEOUT);

  it('comes out as a simple model says, however many turns each takes, for several readers at once and late ones', async () => {
    await fc.assert(
      fc.asyncProperty(plans({ never: false }), fc.nat({ max: 30 }), async (plan, late) => {
        const reads: ReadWithPromises[] = [];
        const { reported, grower } = await runPlan(plan, async (replies) => {
          const view = replies.errorsAsMessages();
          const later = ticks(late).then(() => readWithPromises(replies));
          reads.push(
            ...(await Promise.all([readWithPromises(view), readWithPromises(replies), later])),
            await readWithPromises(replies),
          );
        });
        const { log, world } = foretell(plan, labelsIn(reads[0] as ReadWithPromises));
        fc.pre(!world.unsureOfOrder);
        const plainly = foretoldWithPromises(log);
        const view = foretoldWithPromises(tolerantLog(log));
        expect(reads).to.deep.equal([view, plainly, plainly, plainly]);
        expect(new Set(reported).size, 'reported once').to.equal(reported.length);
        expect(
          reported.filter((error) => view.tokens.some((token) => token.trim().replaceAll('^', '') === error)),
        ).to.deep.equal([]);
        await ticks(200);
        expect([...grower.open]).to.deep.equal([]);
      }),
      cases(800),
    );
  });

  it('ends for every reader when it is cancelled, whatever it waits for, and nothing inside is left', async () => {
    const everywhere = await knowsItsRunAfterAwait();
    await fc.assert(
      fc.asyncProperty(plans({ never: everywhere }).map(askedToEnd), fc.nat({ max: 40 }), async (plan, turns) => {
        const reads: ReadWithPromises[] = [];
        const left: number[] = [];
        const { grower } = await runPlan(plan, async (replies, growing) => {
          const reading = Promise.all([readWithPromises(replies), readWithPromises(replies.errorsAsMessages())]);
          await ticks(turns);
          replies.cancel();
          left.push(...growing.open);
          reads.push(...(await reading), await readWithPromises(replies));
        });
        expect(reads.map(({ messages, tokens }) => [messages, tokens].map((each) => each.at(-1)))).to.not.include(
          undefined,
        );
        const outside = idsIn(plan.asked);
        if (everywhere) expect(left.filter((id) => !outside.has(id))).to.deep.equal([]);
        expect([...grower.open]).to.deep.equal([]);
      }),
      cases(400),
    );
  });
});

/** Whether an agent is known as the current one after an `await`: in Node, not in browsers. */
async function knowsItsRunAfterAwait(): Promise<boolean> {
  const inner = miniagent('inner', (ctx) => String(ctx.parent !== undefined));
  const outer = miniagent('outer', async () => {
    await undefined;
    return inner.inquire();
  });
  return (await outer.inquire().text()) === 'true';
}

/** What is asked is not inside: a reader of a message of it would wait for ever for one that never ends. */
function askedToEnd(plan: AskPart): AskPart {
  return { ...plan, asked: JSON.parse(JSON.stringify(plan.asked).replaceAll('"never"', '"done"')) as Part };
}

function idsIn(part: Part): Set<number> {
  return new Set([...JSON.stringify(part).matchAll(/"id":(\d+)/g)].map(([, id]) => Number(id)));
}
