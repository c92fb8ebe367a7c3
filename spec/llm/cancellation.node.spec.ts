import { expect } from 'chai';
import {
  CancelledError,
  miniagent,
  MiniAgents,
  type MessagePromise,
  type MessageSequence,
  type MiniAgent,
} from 'miniagents';
import { getEventListeners } from 'node:events';
import { concatAll, firstValueFrom, lastValueFrom, of, ReplaySubject, Subject, switchMap, take, toArray } from 'rxjs';
import { ProbeServer, type Script } from './probe-server.js';
import { describeEachWire, type Wire } from './wires.js';

/** What it is that was thrown instead of a result. */
const thrownBy = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail('expected an error'),
    (error: unknown) => error,
  );

/** An agent ten agents above another. */
const tenAbove = (agent: MiniAgent): MiniAgent =>
  Array.from({ length: 10 }).reduce<MiniAgent>(
    (inner, _, level) => miniagent(`level ${level}`, (ctx) => ctx.inquire(inner, ctx.messages)),
    agent,
  );

describe('cancelling what a model says', () => {
  let probe: ProbeServer;
  const reported: unknown[] = [];
  const miniAgents = new MiniAgents({ onUnhandledError: (error) => reported.push(error) });

  beforeEach(async () => {
    probe = await ProbeServer.start();
    miniAgents.activate();
  });

  // Whatever a case did, nothing of it is left running, and no cancellation was anybody's error.
  afterEach(async () => {
    await miniAgents.finalize();
    await probe.stop();
    expect(reported.splice(0)).to.deep.equal([]);
  });

  const silences = (wire: Wire): [string, Script, string[]][] => [
    ['before it answers', () => undefined, []],
    ['before its first token', (answer) => answer.begin(), []],
    ['in mid-text', (answer) => answer.write(...wire.begin, wire.token('to'), wire.token('ken')), ['to', 'ken']],
  ];

  const ways: [string, (agent: MiniAgent) => { replies: MessageSequence; cancel: () => void }][] = [
    [
      'cancel() of the replies',
      (agent) => {
        const replies = agent.inquire('hello');
        return { replies, cancel: () => replies.cancel() };
      },
    ],
    [
      'cancel() of the message',
      (agent) => {
        const replies = agent.inquire('hello');
        return { replies, cancel: () => replies.subscribe((message) => message.cancel()) };
      },
    ],
    [
      'a signal',
      (agent) => {
        const controller = new AbortController();
        return { replies: agent.inquire('hello', { signal: controller.signal }), cancel: () => controller.abort() };
      },
    ],
    ['cancel() of the MiniAgents', (agent) => ({ replies: agent.inquire('hello'), cancel: () => miniAgents.cancel() })],
    [
      'cancel() ten agents up',
      (agent) => {
        const replies = tenAbove(agent).inquire('hello');
        return { replies, cancel: () => replies.cancel() };
      },
    ],
  ];

  describeEachWire('closes the connection', (wire) => {
    for (const [silence, script, expected] of silences(wire)) {
      for (const [way, start] of ways)
        for (const stream of silence === 'in mid-text' ? [true] : [true, false])
          it(`of a model that is silent ${silence}: by ${way}; stream: ${stream}`, async () => {
            probe.script(script);
            const { replies, cancel } = start(wire.agent(probe.url, { stream }, 2));
            const message = await firstValueFrom(replies);
            const request = await probe.request();
            expect(await firstValueFrom(message.pipe(take(expected.length), toArray()))).to.deep.equal(expected);
            cancel();
            expect(await thrownBy(message.resolve())).to.be.instanceOf(CancelledError);
            await request.closed;
            expect(probe.requests).to.have.length(1);
          });

      for (const [where, above] of [
        ['', (agent: MiniAgent) => agent],
        [' ten agents up', tenAbove],
      ] as const)
        it(`of a model that is silent ${silence}: by an unsubscribe${where}`, async () => {
          probe.script(script);
          const {
            message: coming,
            read,
            subscription,
          } = subscribeTo(above(wire.agent(probe.url, {}, 2)), expected.length);
          const message = await coming;
          const request = await probe.request();
          await read;
          const rest = lastValueFrom(message.pipe(toArray()));
          subscription.unsubscribe();
          await request.closed;
          expect(await rest).to.deep.equal(expected);
          expect(await thrownBy(message.resolve())).to.be.instanceOf(CancelledError);
        });
    }

    it('though the client’s fetch does not pass the signal on: when it is cancelled, and when it reports a failure', async () => {
      const deaf = (url: string, { signal: _, ...given }: RequestInit) => fetch(url, given);
      const begun: Script = (answer) => answer.write(...wire.begin, wire.token('to'));
      probe.script(begun, (answer) => answer.write(...wire.begin, wire.token('to'), wire.error));
      const agent = wire.agent(probe.url, { client: wire.client(probe.url, deaf) });
      const message = await firstValueFrom(agent.inquire('hello'));
      expect(await firstValueFrom(message)).to.equal('to');
      message.cancel();
      await (
        await probe.request()
      ).closed;
      expect(await thrownBy(agent.inquire('hello').resolve())).to.be.instanceOf(wire.SDK.APIError);
      await (
        await probe.request(2)
      ).closed;
    });

    it('of the old question, when there is a new one', async () => {
      probe.script(
        (answer) => answer.write(...wire.begin, wire.token('old')),
        async (answer) => {
          await answer.write(...wire.begin, wire.token('new'), ...wire.end);
          answer.end();
        },
      );
      const questions = new Subject<string>();
      const answer = lastValueFrom(questions.pipe(switchMap(wire.agent(probe.url)), concatAll()));
      questions.next('first');
      const first = await probe.request();
      questions.next('second');
      await first.closed;
      questions.complete();
      expect(await answer).to.equal('new');
    });
  });

  /** Subscribes to an agent as an Observable: its message, once so many tokens of it have come. */
  function subscribeTo(agent: MiniAgent, tokens: number) {
    const messages = new ReplaySubject<MessagePromise>(1);
    const subscription = agent('hello').subscribe(messages);
    const message = firstValueFrom(messages);
    const read = message.then((promise) => firstValueFrom(promise.pipe(take(tokens), toArray())));
    return { message, read, subscription };
  }

  describeEachWire('and no more than that', (wire) => {
    const fine: Script = async (answer) => {
      await answer.write(...wire.begin, wire.token('fine'), ...wire.end);
      answer.end();
    };

    it('leaves the others alone', async () => {
      probe.script(() => undefined, fine, fine);
      const agent = wire.agent(probe.url);
      const replies = [agent.inquire('stalled')];
      const stalled = await probe.request();
      replies.push(agent.inquire('one'), agent.inquire('two'));
      await probe.request(3);
      replies[0]?.cancel();
      await stalled.closed;
      expect(await Promise.all(replies.slice(1).map((each) => each.text()))).to.deep.equal(['fine', 'fine']);
      await thrownBy(replies[0]!.resolve());
    });

    it('asks nothing when it comes before the question is whole', async () => {
      probe.script(fine);
      const agent = wire.agent(probe.url);
      const question = new Subject<string>();
      const replies = agent.inquire(question);
      const message = await firstValueFrom(replies);
      question.next('What');
      replies.cancel();
      question.complete();
      expect(await thrownBy(message.resolve())).to.be.instanceOf(CancelledError);
      expect(await agent.inquire('another').text()).to.equal('fine');
      expect(probe.requests).to.have.length(1);
    });

    it('asks nothing when the signal is aborted already, or nobody wants to know', async () => {
      probe.script(fine);
      const agent = wire.agent(probe.url);
      const aborted = agent.inquire('aborted', { signal: AbortSignal.abort() });
      expect(await thrownBy(aborted.resolve())).to.be.instanceOf(CancelledError);
      const unread = agent.inquire('unread', { startSoon: false });
      expect(await agent.inquire('another').text()).to.equal('fine');
      expect(probe.requests).to.have.length(1);
      unread.cancel();
    });

    it('leaves nothing on a signal that lives on', async () => {
      const { signal } = new AbortController();
      probe.script(fine);
      const agent = wire.agent(probe.url);
      await Promise.all(Array.from({ length: 20 }, () => agent.inquire('q', { signal }).resolve()));
      expect(getEventListeners(signal, 'abort')).to.have.length(0);
    });

    it('does not follow a reply that is whole', async () => {
      probe.script(fine);
      const replies = of('q').pipe(wire.agent(probe.url), toArray());
      const [message] = await lastValueFrom(replies);
      message?.cancel();
      expect(String(await message?.resolve())).to.equal('fine');
    });
  });
});
