import { expect } from 'chai';
import * as fc from 'fast-check';
import { MiniAgents } from 'miniagents';
import type { Message } from 'miniagents';
import { cases, TIMEOUT } from './cases.js';
import { AsyncGrower, ticks } from './grow-async.js';
import { plans } from './plans.js';

describe('property: messages that are handed over to be persisted', function () {
  this.timeout(TIMEOUT);

  it('are all that were sent and received and became whole, each once, in batches one at a time, before run() is through', async () => {
    await fc.assert(
      fc.asyncProperty(
        plans({ never: false }),
        fc.nat({ max: 30 }),
        fc.array(fc.boolean()),
        async (plan, turns, failures) => {
          const kept: string[] = [];
          const whole = new Set<string>();
          const failing = [...failures];
          let writing = false;
          const onPersistMessages = async (messages: readonly Message[]) => {
            expect(writing, 'one batch at a time').to.equal(false);
            expect(messages).to.not.have.length(0);
            writing = true;
            await ticks(turns);
            writing = false;
            if (failing.pop()) throw new Error('the disk is full');
            kept.push(...messages.map(({ hashKey }) => hashKey));
          };
          const miniAgents = new MiniAgents({ onPersistMessages, onUnhandledError: () => {} });
          miniAgents.events$.subscribe((event) => event.type === 'resolved' && whole.add(event.message.hashKey));
          await miniAgents.run(async () => {
            const { agent, messages } = new AsyncGrower().asking(plan);
            await agent.inquire(messages).errorsAsMessages().resolve();
          });
          expect(new Set(kept).size, 'each once').to.equal(kept.length);
          expect([...kept].filter((key) => !whole.has(key))).to.deep.equal([]);
          if (!failures.some(Boolean)) expect(kept.sort()).to.deep.equal([...whole].sort());
        },
      ),
      cases(200),
    );
  });
});
