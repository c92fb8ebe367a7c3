import { expect } from 'chai';
import { CancelledError, Message, MessageSequence, miniagent, MiniAgents } from 'miniagents';
import type { StreamedPromise } from 'miniagents';
import { NEVER, Subject } from 'rxjs';
import { forEachStart, pass, rejection, turn } from '../laws/support.js';

type Anything = StreamedPromise<unknown, unknown>;

/** Everything that can be cancelled, still waiting for a gate. */
const kinds: Record<string, (gate: Subject<string>) => Anything> = {
  'a message': (gate) => Message.stream(gate),
  'a sequence': (gate) => MessageSequence.from(['a', gate]),
  'an inquiry': (gate) => miniagent('agent', (ctx) => (ctx.reply('a'), gate)).inquire(),
  'an inquiry of which only tokens are to come': (gate) =>
    miniagent('agent', () => ['a', Message.stream(gate)]).inquire(),
  'an inquiry whose question is to come': (gate) => pass.inquire(['a', gate]),
  'an inquiry that waits for another': (gate) =>
    miniagent('agent', async (ctx) => ctx.inquire(pass, ['a', gate]).text()).inquire(),
  'a view of its errors as messages': (gate) =>
    miniagent('agent', () => ['a', gate]).inquire(null, { errorsAsMessages: true }),
};

describe('bad input: cancel() of anything at any time', () => {
  forEachStart((here) => {
    for (const [name, make] of Object.entries(kinds)) {
      describe(name, () => {
        let gate: Subject<string>;
        let promise: Anything;
        beforeEach(() => {
          gate = new Subject();
          promise = make(gate);
        });
        const isCancelled = async (reason: unknown) => {
          for (const whole of [promise.resolve(), promise.resolve()]) {
            const error = await rejection(whole);
            expect(error).to.be.instanceOf(CancelledError).with.property('cause', reason);
          }
          await turn();
          expect(gate.observed).to.be.false;
        };

        it('twice: the first one counts', async () => {
          void promise.resolve();
          await turn();
          promise.cancel('first');
          promise.cancel('second');
          await turn();
          promise.cancel('third');
          await isCancelled('first');
        });

        it('before anything has started', async () => {
          promise.cancel('early');
          await isCancelled('early');
        });

        it('in the middle of an iteration', async () => {
          const iterator = promise[Symbol.asyncIterator]();
          const pulled = iterator.next().catch((error: unknown) => error);
          await turn();
          gate.next('token');
          await Promise.race([pulled, turn()]);
          const steps = async () => {
            while (!(await iterator.next()).done);
          };
          const stepping = steps().catch((error: unknown) => error);
          promise.cancel('in the middle');
          const outcome = await stepping;
          if (outcome !== undefined) expect(outcome).to.be.instanceOf(CancelledError);
          await isCancelled('in the middle');
          expect((await iterator.next()).done).to.be.true;
        });

        it('by its reader, while it is read', async () => {
          promise.subscribe({ next: () => promise.cancel('by its reader'), error: () => {} });
          promise.whole$.subscribe({ error: () => promise.cancel('again') });
          await turn();
          gate.next('token');
          promise.cancel('by its reader');
          await isCancelled('by its reader');
        });

        it('after its end: nothing', async () => {
          const resolved = promise.resolve();
          await turn();
          gate.next('b');
          gate.complete();
          const whole = await resolved;
          await turn();
          promise.cancel('too late');
          expect((await promise.resolve()) === whole).to.be.true;
        });

        it('after it failed: it stays failed', async () => {
          const boom = new Error('boom');
          const resolved = promise.resolve().catch((error: unknown) => error);
          await turn();
          gate.error(boom);
          const outcome = await resolved;
          await turn();
          promise.cancel('too late');
          expect(await promise.resolve().catch((error: unknown) => error)).to.equal(outcome);
        });

        it('with a resolve() that nobody awaits: nothing is reported', async () => {
          void promise.resolve();
          await turn();
          promise.cancel();
          await turn();
          await here.end();
          expect(here.takeReported()).to.deep.equal([]);
        });

        it('with a reason of any kind', async () => {
          const reason = { any: ['kind', Symbol('of reason')] };
          promise.cancel(reason);
          await isCancelled(reason);
        });

        it('with its MiniAgents, twice', async () => {
          const resolved = rejection(promise.resolve());
          await turn();
          here.miniAgents.cancel('all');
          here.miniAgents.cancel('again');
          expect(await resolved).to.have.property('cause', 'all');
          await isCancelled('all');
        });
      });
    }
  });

  it('of a MiniAgents from inside one of its agents', async () => {
    const miniAgents = new MiniAgents();
    const agent = miniagent('agent', (ctx) => {
      ctx.miniAgents.cancel('from inside');
      return NEVER;
    });
    expect(await rejection(miniAgents.run(() => agent.inquire()))).to.have.property('cause', 'from inside');
  });

  it('of a message that was sent whole: nothing', async () => {
    const promises: StreamedPromise<string, Message>[] = [];
    pass.inquire(['a', new Message({ text: 'b' })]).subscribe((promise) => promises.push(promise));
    await turn();
    for (const promise of promises) promise.cancel();
    expect((await Promise.all(promises.map((promise) => promise.resolve()))).map(String)).to.deep.equal(['a', 'b']);
  });

  it('of a signal that is aborted twice, or by one of its own readers', async () => {
    const controller = new AbortController();
    const replies = pass.inquire(NEVER, { signal: controller.signal });
    replies.subscribe({ error: () => controller.abort('again') });
    await turn();
    controller.abort('first');
    controller.abort('second');
    expect(await rejection(replies.resolve())).to.have.property('cause', 'first');
  });
});
