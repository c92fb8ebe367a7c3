import { expect } from 'chai';
import { defer, NEVER, of, Subject } from 'rxjs';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { NotAMessageError } from '../../lib/errors/not-a-message-error.js';
import { runIn } from '../../lib/scope/ambient.node.js';
import { miniagent } from '../../lib/runtime/miniagent.js';
import { isFailure } from '../../lib/scope/failure.js';
import type { Scope } from '../../lib/scope/scope.js';
import { sentSequence, tolerantSequence } from '../../lib/streams/sequence-origin.js';
import { failureOf, TestScope, TestSequence, textsOf } from './support.js';

describe('sentSequence', () => {
  const sentIn = (scope: TestScope, messages: unknown) => runIn(scope, sentSequence, messages);

  it('is of what somebody sent, subscribed to at once', () => {
    const source = new Subject();
    const { log } = sentIn(new TestScope(), ['a', source]);
    source.next('b');
    source.complete();
    expect(textsOf(log.entries)).to.deep.equal(['a', 'b']);
    expect(log.ended).to.equal(true);
  });

  it('belongs to the scope in which that was done, until it has ended', () => {
    const [scope, source, other] = [new TestScope(), new Subject(), new Subject()];
    for (const one of [source, other]) sentIn(scope, one);
    scope.letGo();
    other.complete();
    expect(scope.over).to.equal(false);
    scope.cancel({ error: new CancelledError('the run'), quiet: false });
    expect(source.observed).to.equal(false);
    expect(scope.over).to.equal(true);
    const ended = new TestScope();
    sentIn(ended, 'a');
    ended.letGo();
    expect(ended.over).to.equal(true);
  });

  it('is cancelled with a reason, if it has not ended', () => {
    const scope = new TestScope();
    const [open, ended] = [sentIn(scope, NEVER), sentIn(scope, 'a')];
    for (const origin of [open, ended]) origin.cancelBecause('enough');
    expect(open.log.failure?.error).to.be.instanceOf(CancelledError).and.have.property('cause', 'enough');
    expect(ended.log.failure).to.equal(undefined);
  });

  it('throws what cannot be sent, and subscribes to nothing then', () => {
    const [scope, source] = [new TestScope(), new Subject()];
    expect(() => sentIn(scope, [source, 42])).to.throw(NotAMessageError);
    expect(source.observed).to.equal(false);
    scope.letGo();
    expect(scope.over).to.equal(true);
  });
});

describe('tolerantSequence', () => {
  class Original extends TestSequence {
    readonly reasons: unknown[] = [];
    readonly origin = { moveTo: (scope: Scope) => this.movedTo.push(scope) };
    readonly movedTo: Scope[] = [];

    cancel(reason: unknown): void {
      this.reasons.push(reason);
    }
  }

  it('is another sequence with its errors as messages', () => {
    const original = new Original().say('a');
    const view = tolerantSequence(original);
    const { log } = view;
    original.log.append(failureOf(new RangeError('boom')));
    view.begin?.();
    original.say('b');
    original.log.end(failureOf(new RangeError('cut')));
    expect(log.entries.some(isFailure)).to.equal(false);
    expect(textsOf(log.entries)).to.deep.equal(['a', 'RangeError: boom', 'b', 'RangeError: cut']);
    expect(log).to.include({ ended: true, failure: undefined });
  });

  it('looks at that when somebody looks at this one, once', () => {
    const original = new Original().say('a');
    const view = tolerantSequence(original);
    const { log } = view;
    expect([original.begun, log.entries.length]).to.deep.equal([0, 0]);
    view.begin?.();
    view.begin?.();
    expect([original.begun, log.entries.length]).to.deep.equal([1, 1]);
  });

  it('looks at it once, also where what that looks at looks at this one', async () => {
    const agent = miniagent('agent', (ctx) => ctx.messages);
    const asked = defer(() => {
      view.subscribe();
      return of('a');
    });
    const original = agent.inquire(asked, { startSoon: false });
    const view = original.errorsAsMessages();
    expect((await view.resolve()).map(String).toArray()).to.deep.equal(['a']);
  });

  it('is cut with the other, when what is cancelled with that has ended', async () => {
    const original = new Original().say('a');
    const view = tolerantSequence(original);
    view.begin?.();
    original.log.end();
    const failure = failureOf(new CancelledError('it'));
    original.log.end(failure);
    expect(view.log.cut).to.equal(undefined);
    await Promise.resolve();
    expect(view.log).to.include({ cut: failure, failure: undefined, quiet: false });
    const late = tolerantSequence(original);
    late.begin?.();
    await Promise.resolve();
    expect(late.log.cut).to.equal(failure);
  });

  it('ends as quietly as the other, and as little as a success', () => {
    const failure = failureOf(new CancelledError('it'));
    for (const isLate of [false, true]) {
      const original = new Original().say('a');
      const view = tolerantSequence(original);
      if (!isLate) view.begin?.();
      original.log.end(failure, true);
      view.begin?.();
      expect(view.log).to.include({ ended: true, failure, quiet: true });
      expect(textsOf(view.log.entries)).to.deep.equal(['a']);
      expect(original.log.readers?.size ?? 0).to.equal(0);
    }
  });

  it('moves with the one that it shows', () => {
    const original = new Original();
    const scope = new TestScope();
    tolerantSequence(original).moveTo?.(scope);
    expect(original.movedTo).to.deep.equal([scope]);
  });

  it('cancels the one that it shows', () => {
    const original = new Original();
    tolerantSequence(original).cancelBecause('enough');
    expect(original.reasons).to.deep.equal(['enough']);
  });
});
