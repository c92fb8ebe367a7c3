import { expect } from 'chai';
import { concatMap, lastValueFrom, map, NEVER, of, Subject, timer, toArray } from 'rxjs';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { NotAMessageError } from '../../lib/errors/not-a-message-error.js';
import { readOptions } from '../../lib/runtime/inquiry-options.js';
import { Run } from '../../lib/runtime/run.js';
import { currentScope } from '../../lib/scope/ambient.node.js';
import type { Scope } from '../../lib/scope/scope.js';
import { Message } from '../../lib/messages/message.js';
import { MessageSequence } from '../../lib/streams/message-sequence.js';
import { marbles } from '../../lib/testing/marbles.js';
import { observed, rejection, TestScope, texts, turn } from './support.js';

describe('Run', () => {
  /** The texts of the messages of a sequence, whatever its whole is. */
  const all = (sequence: MessageSequence) =>
    lastValueFrom(
      sequence.pipe(
        concatMap((message) => message.whole$),
        map(String),
        toArray(),
      ),
    );
  const runnable = (body: (run: Run) => unknown, name = 'agent', given = {}) => ({ name, body, ...readOptions(given) });
  const made = (body: (run: Run) => unknown = () => {}, messages: unknown = 'question', given = {}) => {
    const parent = new TestScope();
    return { parent, run: new Run(runnable(body, 'agent', given), messages, parent) };
  };

  it('starts nothing when it is made, and subscribes to nothing', () => {
    marbles(({ cold, expectSubscriptions, flush }) => {
      const [asked, work] = [cold('-'), cold('-')];
      const { parent } = made(() => work, asked);
      for (const { subscriptions } of [asked, work]) expectSubscriptions(subscriptions).toBe([]);
      flush();
      expect(parent.empty).to.equal(true);
    });
  });

  it('throws for what cannot be asked', () => {
    expect(() => made(() => {}, 42)).to.throw(NotAMessageError);
  });

  it('subscribes to what was asked when it begins, and has the body start soon: once', async () => {
    let started = 0;
    const asked = new Subject();
    const { run } = made(() => void started++, asked);
    run.begin();
    run.begin();
    expect([started, asked.observed]).to.deep.equal([0, true]);
    await turn();
    expect(started).to.equal(1);
  });

  it('begins when somebody looks at the replies', async () => {
    const { run } = made(() => 'reply');
    expect(await texts(run.replies)).to.deep.equal(['reply']);
  });

  it('has what was asked as its messages, and runs its body as the current scope', async () => {
    const scopes: (Scope | undefined)[] = [];
    const { run } = made((own) => (scopes.push(currentScope()), own.messages), ['a', of('b')]);
    expect(await texts(run.replies)).to.deep.equal(['a', 'b']);
    expect(scopes).to.have.ordered.members([run]);
    expect(run.messages).to.equal(run.messages);
  });

  describe('is over', () => {
    it('when its body is done, its replies are whole, and everything inside is over', async () => {
      const [work, tokens] = [new Subject(), new Subject<string>()];
      const inner = made(() => NEVER).run;
      const { parent, run } = made((own) => {
        own.body.reply(Message.stream(tokens));
        own.own(inner);
        return work;
      });
      run.begin();
      await turn();
      expect([run.over, parent.empty]).to.deep.equal([false, false]);
      work.complete();
      expect(run.over).to.equal(false);
      run.release(inner);
      expect(run.over).to.equal(false);
      tokens.complete();
      expect([run.over, parent.empty]).to.deep.equal([true, true]);
    });

    it('without what it left of what was asked: the sources are let go', () => {
      marbles(({ cold, expectSubscriptions, flush }) => {
        const asked = cold('-');
        const { run } = made(() => cold('--|'), asked);
        run.begin();
        expectSubscriptions(asked.subscriptions).toBe('^-!');
        flush();
        expect(run.over).to.equal(true);
      });
    });
  });

  it('what it left of what it was asked is no success for those outside who still read it', async () => {
    const asked = new Subject<string>();
    const { run } = made(() => 'done', asked);
    run.begin();
    asked.next('a');
    const outside = MessageSequence.from(['before', run.messages]);
    await turn();
    expect(run.over).to.equal(true);
    expect(await all(outside)).to.deep.equal(['before', 'a']);
    expect(String(await rejection(outside.resolve()))).to.match(/^CancelledError: the input of agent .*it is over/);
  });

  describe('is cancelled', () => {
    /** A run that was cancelled after a while; what it goes through was let go then, and it was over. */
    const cancelled = (cancel: (run: Run) => void, given = {}): Run =>
      marbles(({ cold, expectSubscriptions, flush }) => {
        const [asked, work] = [cold('-'), cold('-')];
        const { parent, run } = made((own) => (own.body.reply('a'), work), asked, given);
        run.begin();
        timer(2).subscribe(() => {
          cancel(run);
          expect([run.over, parent.empty]).to.deep.equal([true, true]);
        });
        for (const { subscriptions } of [asked, work]) expectSubscriptions(subscriptions).toBe('^-!');
        flush();
        expect(run.cancellation?.error).to.be.instanceOf(CancelledError);
        return run;
      });

    it('with everything that it goes through, and is over', async () => {
      const signals: AbortSignal[] = [];
      const run = cancelled((one) => (signals.push(one.signal), one.cancelBecause('enough')));
      const error = await rejection(run.replies.resolve());
      expect(error).to.include({ message: 'agent agent was cancelled: enough', cause: 'enough' });
      expect(signals[0]).to.include({ aborted: true, reason: error });
      expect(run.cancellation?.error).to.equal(error);
      expect(await rejection(run.messages.resolve())).to.equal(error);
    });

    it('by its replies, by its messages, and by a signal', () => {
      const controller = new AbortController();
      cancelled(({ replies }) => replies.cancel());
      cancelled(({ messages }) => messages.cancel());
      const { cancellation } = cancelled(() => controller.abort('signalled'), { signal: controller.signal });
      expect(cancellation?.error.cause).to.equal('signalled');
    });

    it('quietly: the replies just end, their whole is the error', () => {
      marbles(({ expectMessages, expectObservable }) => {
        const { run } = made(() => ['a', NEVER]);
        expectMessages(run.replies).toBe('a-|');
        expectObservable(run.replies.whole$).toBe('--#', {}, new CancelledError('agent agent', 'left'));
        timer(2).subscribe(() => run.cancelBecause('left', true));
      });
    });

    it('quietly: what it stands in ends so, too, and is no success either', async () => {
      const { run } = made(() => ['a', NEVER]);
      run.begin();
      const [around, further] = [MessageSequence.from(['before', run.replies]), MessageSequence.from(['first'])];
      const outermost = MessageSequence.from([further, around]);
      await turn();
      run.cancelBecause('left', true);
      expect(await all(outermost)).to.deep.equal(['first', 'before', 'a']);
      for (const sequence of [around, outermost, outermost.errorsAsMessages()])
        expect(String(await rejection(sequence.resolve()))).to.equal('CancelledError: agent agent was cancelled: left');
    });

    it('before it starts: then it never does', async () => {
      let started = 0;
      const [{ run }, other] = [made(() => started++), made(() => started++)];
      run.begin();
      for (const one of [run, other.run]) one.cancelBecause('enough');
      other.run.begin();
      await turn();
      expect(started).to.equal(0);
      expect(await rejection(other.run.replies.resolve())).to.be.instanceOf(CancelledError);
    });

    it('at once by a signal that is aborted already, and subscribes to nothing', () => {
      const asked = new Subject();
      const { run } = made(() => {}, asked, { signal: AbortSignal.abort('early') });
      run.begin();
      expect(asked.observed).to.equal(false);
      expect(run.cancellation?.error.cause).to.equal('early');
    });

    it('and has a signal that is aborted, for those who ask for it later', () => {
      expect(cancelled((run) => run.cancelBecause('enough')).signal.aborted).to.equal(true);
    });
  });

  it('has a place in the tree of inquiries, and a path', () => {
    const parent = new TestScope();
    const top = new Run(
      runnable(() => {}, 'top'),
      'a',
      parent,
    );
    new Run(
      runnable(() => {}, 'first'),
      'b',
      top,
    );
    const leaf = new Run(
      runnable(() => {}, 'leaf'),
      'c',
      top,
    );
    expect(leaf.interaction).to.deep.equal({
      id: `${top.interaction.id}.2`,
      parent: top.interaction.id,
      agent: 'leaf',
    });
    expect([leaf.path, top.path]).to.deep.equal(['leaf <- top', 'top']);
    expect([leaf.outer, top.outer]).to.have.ordered.members([top, undefined]);
  });

  it('tells of what happens to it', async () => {
    const { miniAgents, happened } = observed();
    await miniAgents.run(async () => {
      const scope = currentScope() as Scope;
      const replying = new Run(
        runnable(() => 'reply', 'fine'),
        'a',
        scope,
      );
      await replying.replies.resolve();
      const failing = new Run(
        runnable(() => Promise.reject(new Error('boom')), 'bad'),
        null,
        scope,
      );
      await rejection(failing.replies.resolve());
      const stopped = new Run(
        runnable(() => NEVER, 'stopped'),
        null,
        scope,
      );
      stopped.begin();
      stopped.cancelBecause('enough');
      await rejection(stopped.replies.resolve());
    });
    expect(happened()).to.deep.equal([
      ...[
        '1 fine inquired',
        '1 fine received',
        '1 fine resolved',
        '1 fine started',
        '1 fine replied',
        '1 fine resolved',
      ],
      ...['1 fine finished', '2 bad inquired', '2 bad started', '2 bad failed'],
      ...['3 stopped inquired', '3 stopped cancelled'],
    ]);
  });

  it('moves to a MiniAgents that takes it over, if it has not started', async () => {
    const [from, to] = [new TestScope(), new TestScope()];
    const [early, late, asked] = [1, 2, 3].map(
      () =>
        new Run(
          runnable(() => NEVER),
          'a',
          from,
        ),
    ) as [Run, Run, Run];
    for (const run of [early, late]) run.begin();
    early.moveTo(to);
    asked.moveTo(to);
    expect([early.parent, asked.parent, from.empty, to.empty]).to.have.ordered.members([to, to, false, false]);
    await turn();
    late.moveTo(to);
    expect(late.parent).to.equal(from);
    for (const run of [early, late]) run.cancelBecause('enough');
    expect([from.empty, to.empty]).to.deep.equal([true, true]);
  });

  it('starts its body without overflowing the stack, however deep runs are in each other', async () => {
    let depth = 0;
    const deeper = (run: Run): unknown =>
      ++depth === 1000 ? 'bottom' : new Run(runnable(deeper), run.messages, run).replies;
    const { run } = made(deeper);
    expect(await texts(run.replies)).to.deep.equal(['bottom']);
  });
});
