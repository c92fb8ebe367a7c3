import { expect } from 'chai';
import { concatAll, lastValueFrom, NEVER, Subject, take, toArray } from 'rxjs';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { Message } from '../../lib/messages/message.js';
import { coldRun } from '../../lib/runtime/cold-run.js';
import { readOptions } from '../../lib/runtime/inquiry-options.js';
import type { Run } from '../../lib/runtime/run.js';
import { runIn } from '../../lib/scope/ambient.node.js';
import type { MessagePromise } from '../../lib/streams/message-promise.js';
import { observed, rejection, TestScope, turn } from './support.js';

describe('coldRun', () => {
  function cold(body: (run: Run) => unknown, messages: unknown = 'question') {
    const runs: Run[] = [];
    const replies$ = coldRun(
      { name: 'agent', body: (run) => (runs.push(run), body(run)), ...readOptions({}) },
      messages,
    );
    return { runs, replies$ };
  }

  it('runs once for each subscriber, and not before', async () => {
    const { runs, replies$ } = cold(() => ['a', 'b']);
    await turn();
    expect(runs).to.have.lengthOf(0);
    for (let i = 0; i < 2; i++) {
      expect(await lastValueFrom(replies$.pipe(concatAll(), toArray()))).to.deep.equal(['a', 'b']);
    }
    expect(new Set(runs).size).to.equal(2);
  });

  it('emits messages before they are whole, and completes when all are', async () => {
    const tokens = new Subject<string>();
    const { replies$ } = cold(() => Message.stream(tokens));
    const log: string[] = [];
    replies$.subscribe({ next: () => log.push('message'), complete: () => log.push('complete') });
    await turn();
    tokens.next('a');
    expect(log).to.deep.equal(['message']);
    tokens.complete();
    expect(log).to.deep.equal(['message', 'complete']);
  });

  it('fails when the messages before the error are whole', async () => {
    const tokens = new Subject<string>();
    const { replies$ } = cold((run) => (run.body.reply(Message.stream(tokens)), Promise.reject(new Error('boom'))));
    const log: string[] = [];
    replies$.subscribe({ next: () => log.push('message'), error: (error: unknown) => log.push(String(error)) });
    await turn();
    expect(log).to.deep.equal(['message']);
    tokens.complete();
    expect(log).to.deep.equal(['message', 'Error: boom']);
  });

  it('is cancelled by a subscriber who leaves, with the tokens it still owes', async () => {
    const [tokens, work] = [new Subject<string>(), new Subject()];
    const { runs, replies$ } = cold((run) => (run.body.reply(Message.stream(tokens)), work));
    const subscription = replies$.subscribe();
    await turn();
    subscription.unsubscribe();
    expect([tokens.observed, work.observed, runs[0]?.over]).to.deep.equal([false, false, true]);
    expect(runs[0]?.cancellation).to.include({ quiet: true });
    expect(runs[0]?.cancellation?.error.cause).to.equal('its subscriber left');
  });

  it('is cancelled quietly: who still reads one of its messages sees the tokens end', async () => {
    const tokens = new Subject<string>();
    const { replies$ } = cold(() => [Message.stream(tokens), NEVER]);
    const messages: MessagePromise[] = [];
    const subscription = replies$.subscribe((message) => messages.push(message));
    await turn();
    const [message] = messages as [MessagePromise];
    const seen: string[] = [];
    message.subscribe({ next: (token) => seen.push(token), complete: () => seen.push('complete') });
    tokens.next('a');
    subscription.unsubscribe();
    expect(seen).to.deep.equal(['a', 'complete']);
    expect(await rejection(message.resolve())).to.be.instanceOf(CancelledError);
  });

  it('starts nothing, where the subscriber leaves before it would', async () => {
    const { runs, replies$ } = cold(() => 'a');
    replies$.subscribe().unsubscribe();
    await turn();
    expect(runs).to.have.lengthOf(0);
  });

  it('is cancelled by an operator that has enough', async () => {
    const work = new Subject();
    const { runs, replies$ } = cold((run) => (run.body.reply('a'), work));
    await lastValueFrom(replies$.pipe(take(1)));
    expect([work.observed, runs[0]?.cancellation !== undefined]).to.deep.equal([false, true]);
  });

  it('is finished, or failed, and not cancelled, where it has come to its end', async () => {
    const { miniAgents, happened } = observed();
    await miniAgents.run(async () => {
      await lastValueFrom(cold(() => 'a').replies$);
      await rejection(lastValueFrom(cold(() => Promise.reject(new Error('boom'))).replies$));
    });
    expect(happened().filter((event) => /finished|failed|cancelled/.test(event))).to.deep.equal([
      ...['1 agent finished', '2 agent failed'],
    ]);
  });

  it('leaves to end by itself what brought it its error', async () => {
    const { miniAgents, happened } = observed();
    const source = new Subject<string>();
    await miniAgents.run(async () => {
      const outer = cold((run) => {
        run.body.reply(coldRun({ name: 'inner', body: () => source, ...readOptions({}) }, null));
        throw new Error('boom');
      });
      const end = rejection(lastValueFrom(outer.replies$));
      await turn();
      source.complete();
      expect(await end).to.include({ message: 'boom' });
    });
    expect(happened().slice(-2)).to.deep.equal(['1.1 inner finished', '1 agent failed']);
  });

  it('belongs to the run that the call was made in, or after its end to that in which it is subscribed to', async () => {
    const [made, subscribing, ended] = [new TestScope(), new TestScope(), new TestScope()];
    const callIn = (scope: TestScope) => runIn(scope, () => cold(() => NEVER), undefined);
    const calls = [callIn(made), callIn(ended)] as const;
    ended.letGo();
    runIn(subscribing, () => calls.forEach(({ replies$ }) => replies$.subscribe()), undefined);
    await turn();
    expect(calls.map(({ runs }) => runs[0]?.parent)).to.have.ordered.members([made, subscribing]);
  });

  it('belongs to the run that it is subscribed to in, where the call was made in a MiniAgents, but in no run', async () => {
    const { miniAgents, happened } = observed();
    await miniAgents.run(() => {
      const { replies$ } = cold(() => 'a');
      return lastValueFrom(coldRun({ name: 'boss', body: () => replies$, ...readOptions({}) }, null));
    });
    expect(happened().filter((event) => event.includes('finished'))).to.deep.equal([
      '1.1 agent finished',
      '1 boss finished',
    ]);
  });

  it('throws at each subscriber what cannot be asked', async () => {
    expect(await rejection(lastValueFrom(cold(() => 'a', 42).replies$))).to.be.instanceOf(TypeError);
  });
});
