import { expect } from 'chai';
import { concatAll, lastValueFrom, NEVER, take, tap, throwError } from 'rxjs';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { Message } from '../../lib/messages/message.js';
import { coldRun } from '../../lib/runtime/cold-run.js';
import { readOptions } from '../../lib/runtime/inquiry-options.js';
import type { Run } from '../../lib/runtime/run.js';
import { runIn } from '../../lib/scope/ambient.node.js';
import { asyncMarbles } from '../../lib/testing/async-marbles.js';
import { marbles } from '../../lib/testing/marbles.js';
import { observed, rejection, TestScope, turn } from './support.js';

describe('coldRun', () => {
  function called(body: (run: Run) => unknown, messages: unknown = 'question') {
    const runs: Run[] = [];
    const replies$ = coldRun(
      { name: 'agent', body: (run) => (runs.push(run), body(run)), ...readOptions({}) },
      messages,
    );
    return { runs, replies$ };
  }

  it('runs once for each subscriber, and not before', () => {
    marbles(({ cold, expectTokens, expectSubscriptions, flush }) => {
      const source = cold('-ab|');
      const { runs, replies$ } = called(() => source);
      expectTokens(replies$.pipe(concatAll()), '-^').toBe('--ab|');
      expectTokens(replies$.pipe(concatAll()), '---^').toBe('----ab|');
      expectSubscriptions(source.subscriptions).toBe(['-^--!', '---^--!']);
      flush();
      expect(new Set(runs).size).to.equal(2);
    });
  });

  it('emits messages before they are whole, and completes when all are', () => {
    marbles(({ tokens, expectMessages }) => {
      expectMessages(called(() => tokens('--a-|')).replies$).toBe('m---|', { m: 'a' });
    });
  });

  it('fails when the messages before the error are whole', () => {
    marbles(({ tokens, expectMessages }) => {
      const boom = new Error('boom');
      const { replies$ } = called((run) => (run.body.reply(tokens('--a-|')), throwError(() => boom)));
      expectMessages(replies$).toBe('m---#', { m: 'a' }, boom);
    });
  });

  it('is cancelled by a subscriber who leaves, with the tokens it still owes', () => {
    marbles(({ cold, expectMessages, expectSubscriptions, flush }) => {
      const [tokens, work] = [cold('-a-b|'), cold('-')];
      const { runs, replies$ } = called((run) => (run.body.reply(Message.stream(tokens)), work));
      expectMessages(replies$, '^-!').toBe('m', { m: 'a' });
      for (const { subscriptions } of [tokens, work]) expectSubscriptions(subscriptions).toBe('^-!');
      flush();
      expect(runs[0]).to.include({ over: true });
      expect(runs[0]?.cancellation).to.include({ quiet: true });
      expect(runs[0]?.cancellation?.error.cause).to.equal('its subscriber left');
    });
  });

  it('is cancelled quietly: who still reads one of its messages sees the tokens end', () => {
    marbles(({ tokens, expectMessages, expectTokens, expectObservable }) => {
      const left = new CancelledError('agent agent', 'its subscriber left');
      const watched$ = called(() => [tokens('-a-b|'), NEVER]).replies$.pipe(
        tap((message) => {
          expectTokens(message).toBe('-a|');
          expectObservable(message.whole$).toBe('--#', {}, left);
        }),
      );
      expectMessages(watched$, '^-!').toBe('m', { m: 'a' });
    });
  });

  it('starts nothing, where the subscriber leaves before it would', () => {
    marbles(({ expectMessages, flush }) => {
      const { runs, replies$ } = called(() => 'a');
      expectMessages(replies$, '(^!)').toBe('-');
      flush();
      expect(runs).to.have.lengthOf(0);
    });
  });

  it('is cancelled by an operator that has enough', () => {
    marbles(({ cold, expectMessages, expectSubscriptions, flush }) => {
      const work = cold('-');
      const { runs, replies$ } = called((run) => (run.body.reply('a'), work));
      expectMessages(replies$.pipe(take(1))).toBe('(a|)');
      expectSubscriptions(work.subscriptions).toBe('(^!)');
      flush();
      expect(runs[0]?.cancellation).not.to.equal(undefined);
    });
  });

  it('is finished, or failed, and not cancelled, where it has come to its end', async () => {
    const { miniAgents, happened } = observed();
    await miniAgents.run(async () => {
      await lastValueFrom(called(() => 'a').replies$);
      await rejection(lastValueFrom(called(() => Promise.reject(new Error('boom'))).replies$));
    });
    expect(happened().filter((event) => /finished|failed|cancelled/.test(event))).to.deep.equal([
      ...['1 agent finished', '2 agent failed'],
    ]);
  });

  it('leaves to end by itself what brought it its error', async () => {
    await asyncMarbles(async ({ cold, expectMessages }) => {
      const { miniAgents, happened } = observed();
      const source = cold('--|');
      await miniAgents.run(() => {
        const outer = called((run) => {
          run.body.reply(coldRun({ name: 'inner', body: () => source, ...readOptions({}) }, null));
          throw new Error('boom');
        });
        expectMessages(outer.replies$).toBe('--#', {}, new Error('boom'));
      });
      expect(happened().slice(-2)).to.deep.equal(['1.1 inner finished', '1 agent failed']);
    });
  });

  it('belongs to the run that the call was made in, or after its end to that in which it is subscribed to', async () => {
    const [made, subscribing, ended] = [new TestScope(), new TestScope(), new TestScope()];
    const callIn = (scope: TestScope) => runIn(scope, () => called(() => NEVER), undefined);
    const calls = [callIn(made), callIn(ended)] as const;
    ended.letGo();
    runIn(subscribing, () => calls.forEach(({ replies$ }) => replies$.subscribe()), undefined);
    await turn();
    expect(calls.map(({ runs }) => runs[0]?.parent)).to.have.ordered.members([made, subscribing]);
  });

  it('belongs to the run that it is subscribed to in, where the call was made in a MiniAgents, but in no run', async () => {
    const { miniAgents, happened } = observed();
    await miniAgents.run(() => {
      const { replies$ } = called(() => 'a');
      return lastValueFrom(coldRun({ name: 'boss', body: () => replies$, ...readOptions({}) }, null));
    });
    expect(happened().filter((event) => event.includes('finished'))).to.deep.equal([
      '1.1 agent finished',
      '1 boss finished',
    ]);
  });

  it('throws at each subscriber what cannot be asked', async () => {
    expect(await rejection(lastValueFrom(called(() => 'a', 42).replies$))).to.be.instanceOf(TypeError);
  });
});
