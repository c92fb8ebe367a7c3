import { expect } from 'chai';
import { Observable, Subject } from 'rxjs';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { LifecycleError } from '../../lib/errors/lifecycle-error.js';
import { NotAMessageError } from '../../lib/errors/not-a-message-error.js';
import { RunBody } from '../../lib/runtime/run-body.js';
import { runIn } from '../../lib/scope/ambient.node.js';
import { Flattening } from '../../lib/streams/flattening.js';
import { TestScope, textsOf, turn } from '../streams/support.js';

describe('RunBody', () => {
  /** A body, what it replied, and whether its run was told that it is done. */
  function bodied() {
    const scope = new TestScope();
    const replies = new Flattening(scope);
    const state = { path: 'leaf <- top', cancellation: undefined as unknown, done: 0 };
    const body = new RunBody(
      Object.assign(state, {
        fail: (error: unknown) => scope.fail(error),
        enter: (work: () => void) => runIn(scope, work, undefined),
        bodyDone: () => state.done++,
      }),
      replies,
    );
    const said = () => [...textsOf(replies.log.entries), ...(replies.log.ended ? ['end'] : [])];
    return { scope, body, state, said };
  }

  it('says what is replied and what the function returns, in that order, and is done then', () => {
    const { body, state, said } = bodied();
    body.start(() => {
      body.reply('a');
      body.reply(['b', 'c']);
      return 'd';
    });
    expect(said()).to.deep.equal(['a', 'b', 'c', 'd', 'end']);
    expect(body).to.include({ closed: true, done: true, failure: undefined });
    expect(state.done).to.equal(1);
  });

  it('takes an error of the agent’s own after all of its replies, the ones out of order, too', async () => {
    const boom = new Error('boom');
    const failing: (() => unknown)[] = [
      () => {
        throw boom;
      },
      () => Promise.reject(boom),
      () => new Observable((subscriber) => subscriber.error(boom)),
    ];
    for (const fail of failing) {
      const { body, said } = bodied();
      const late = new Subject();
      body.start(() => {
        body.reply('a');
        body.reply(late, true);
        return fail();
      });
      await turn();
      expect(body.failure?.error).to.equal(boom);
      late.next('b');
      expect(said()).to.deep.equal(['a', 'b']);
      late.complete();
      expect(said()).to.deep.equal(['a', 'b', 'error: Error: boom', 'end']);
    }
  });

  it('takes what it returns and is no message as an error of its own, and lets go of where it came from', () => {
    const { body, said } = bodied();
    const source = new Subject();
    body.start(() => source);
    source.next('a');
    source.next(42);
    expect(source.observed).to.equal(false);
    expect(body.failure?.error).to.be.instanceOf(NotAMessageError);
    expect(said()[0]).to.equal('a');
    expect(said()).to.have.lengthOf(3);
  });

  it('throws what is replied and is no message, and sends nothing of it', () => {
    const { body, said } = bodied();
    body.start(() => expect(() => body.reply(['a', 42])).to.throw(NotAMessageError) && undefined);
    expect(said()).to.deep.equal(['end']);
  });

  it('reports a reply after the end, but not one of nothing', () => {
    const { scope, body, said } = bodied();
    body.start(() => 'a');
    body.reply(null);
    expect(() => body.reply('late')).not.to.throw();
    const [error, ...more] = scope.unconsumed() as LifecycleError[];
    expect(more).to.deep.equal([]);
    expect(error).to.be.instanceOf(LifecycleError).and.include({ late: 'late' });
    expect(error?.message).to.equal('agent leaf <- top replied after its end: "late" (string)');
    expect(said()).to.deep.equal(['a', 'end']);
  });

  it('drops a reply after a cancellation', () => {
    const { scope, body, state, said } = bodied();
    body.start(() => new Subject());
    state.cancellation = 'cancelled';
    body.reply('late');
    body.reply('late', true);
    expect(body.closed).to.equal(true);
    expect([said(), scope.unconsumed()]).to.deep.equal([[], []]);
  });

  it('can end the replies early, and work on', async () => {
    const { scope, body, state, said } = bodied();
    const work = new Subject();
    body.start(() => work);
    body.reply('a');
    body.finishEarly();
    expect(said()).to.deep.equal(['a', 'end']);
    expect([body.done, state.done]).to.deep.equal([false, 0]);
    work.complete();
    expect([body.done, state.done]).to.deep.equal([true, 1]);
    expect(scope.unconsumed()).to.deep.equal([]);
  });

  describe('waits', () => {
    it('for a promise, with the replies open, when it has returned', async () => {
      const { body, state, said } = bodied();
      let settle = () => {};
      body.start(() => {
        body.waitFor(new Promise<void>((resolve) => (settle = resolve)).then(() => body.reply('late')));
        return 'a';
      });
      await turn();
      expect(body).to.include({ closed: true, done: false });
      expect([said(), state.done]).to.deep.equal([['a'], 0]);
      settle();
      await turn();
      expect([said(), state.done]).to.deep.equal([['a', 'late', 'end'], 1]);
    });

    it('for all of them; a rejection is reported', async () => {
      const { scope, body, state } = bodied();
      body.start(() => {
        for (const promise of [Promise.resolve(), Promise.reject(new Error('boom'))]) body.waitFor(promise);
      });
      await turn();
      expect(state.done).to.equal(1);
      expect(body.failure).to.equal(undefined);
      expect(scope.unconsumed().map(String)).to.deep.equal(['Error: boom']);
    });

    it('but refuses to wait for what is no promise', () => {
      const { body, state } = bodied();
      body.start(() => body.waitFor(undefined as never));
      expect(body.failure?.error).to.be.instanceOf(InvalidArgumentError);
      expect(state.done).to.equal(1);
    });
  });

  describe('lets go of what it goes through', () => {
    it('when it is stopped', () => {
      const { body } = bodied();
      const source = new Subject();
      body.start(() => source);
      body.stop();
      expect(source.observed).to.equal(false);
    });

    it('when it is cancelled while it starts', () => {
      const { body, state } = bodied();
      const source = new Subject();
      body.start(() => {
        state.cancellation = 'cancelled';
        return source;
      });
      expect(source.observed).to.equal(false);
    });

    it('though its teardown throws, which is reported', () => {
      const { scope, body } = bodied();
      const throws = () => {
        throw new Error('in teardown');
      };
      body.start(() => new Observable(() => throws));
      expect(() => body.stop()).not.to.throw();
      expect(scope.unconsumed()).to.have.lengthOf(1);
    });
  });
});
