import { expect } from 'chai';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { Scope } from '../../lib/scope/scope.js';
import type { Cancellation, Owned } from '../../lib/scope/scope.js';
import { UnhandledErrors } from '../../lib/scope/unhandled-errors.js';

const cancellation: Cancellation = { error: new CancelledError('it'), quiet: false };

/** A scope that writes down what happens to it. */
class Noted extends Scope {
  constructor(
    readonly path: string,
    readonly log: string[] = [],
    parent?: Scope,
  ) {
    super(parent, parent?.unhandledErrors ?? new UnhandledErrors((error, at) => log.push(`${String(error)} of ${at}`)));
    parent?.own(this);
  }

  protected override onCancel(): void {
    this.log.push(`${this.path} cancelled`);
  }

  protected override onOver(): void {
    this.log.push(`${this.path} over`);
    this.parent?.release(this);
  }
}

describe('Scope', () => {
  const thing = (log: unknown[] = []): Owned => ({ cancel: (given) => log.push(given) });

  describe('is over', () => {
    it('when its maker lets go', () => {
      const scope = new Noted('scope');
      expect(scope.over).to.equal(false);
      scope.letGo();
      expect(scope.over).to.equal(true);
      expect(scope.log).to.deep.equal(['scope over']);
    });

    it('not before all that it owns was released', () => {
      const scope = new Noted('scope');
      const [one, other] = [thing(), thing()];
      scope.own(one);
      scope.own(other);
      scope.letGo();
      scope.release(one);
      expect(scope).to.include({ over: false, empty: false });
      scope.release(other);
      expect(scope).to.include({ over: true, empty: true });
    });

    it('not before who made it lets go', () => {
      const scope = new Noted('scope');
      const one = thing();
      scope.own(one);
      scope.release(one);
      expect(scope.over).to.equal(false);
      scope.letGo();
      expect(scope.over).to.equal(true);
    });

    it('not because something is released that it does not own', () => {
      const scope = new Noted('scope');
      scope.own(thing());
      scope.letGo();
      scope.release(thing());
      expect(scope.over).to.equal(false);
    });

    it('once, and for good', () => {
      const scope = new Noted('scope');
      scope.letGo();
      scope.letGo();
      scope.run();
      scope.cancel(cancellation);
      expect(scope.log).to.deep.equal(['scope over']);
      expect(scope.cancellation).to.equal(undefined);
    });
  });

  describe('when it is cancelled', () => {
    it('cancels all that it owns, itself first, and is over when that is released', () => {
      const log: unknown[] = [];
      const scope = new Noted('scope', log as string[]);
      const [one, other] = [thing(log), thing(log)];
      scope.own(one);
      scope.own(other);
      scope.cancel(cancellation);
      expect(log).to.deep.equal(['scope cancelled', cancellation, cancellation]);
      scope.release(one);
      scope.release(other);
      expect(log.at(-1)).to.equal('scope over');
    });

    it('cancels the latest first, which may read what came before it', () => {
      const top = new Noted('top');
      for (const path of ['one', 'other']) new Noted(path, top.log, top);
      top.cancel(cancellation);
      expect(top.log.filter((entry) => entry.endsWith('cancelled'))).to.deep.equal([
        ...['top cancelled', 'other cancelled', 'one cancelled'],
      ]);
    });

    it('does not wait for who made it', () => {
      const scope = new Noted('scope');
      scope.cancel(cancellation);
      expect(scope.over).to.equal(true);
    });

    it('is cancelled once: the first reason counts', () => {
      const scope = new Noted('scope');
      scope.own(thing());
      scope.cancel(cancellation);
      scope.cancel({ ...cancellation, quiet: true });
      expect(scope.cancellation).to.equal(cancellation);
      expect(scope.log).to.deep.equal(['scope cancelled']);
    });

    it('cancels at once what comes later', () => {
      const log: unknown[] = [];
      const scope = new Noted('scope');
      scope.own(thing());
      scope.cancel(cancellation);
      scope.own(thing(log));
      expect(log).to.deep.equal([cancellation]);
    });

    it('does not cancel what was released', () => {
      const log: unknown[] = [];
      const scope = new Noted('scope');
      const gone = thing(log);
      scope.own(gone);
      scope.release(gone);
      scope.cancel(cancellation);
      expect(log).to.deep.equal([]);
    });

    it('reaches what is inside what is inside, from the top down, and they are over from the bottom up', () => {
      const top = new Noted('top');
      const middle = new Noted('middle', top.log, top);
      new Noted('leaf', top.log, middle);
      top.cancel(cancellation);
      expect(top.log).to.deep.equal([
        ...['top cancelled', 'middle cancelled', 'leaf cancelled'],
        ...['leaf over', 'middle over', 'top over'],
      ]);
    });

    it('is known to all that is inside before anything happens there', () => {
      const known: unknown[] = [];
      class Asking extends Noted {
        protected override onCancel(): void {
          known.push([top, middle, leaf].map((scope) => scope.cancellation === cancellation));
        }
      }
      const top = new Asking('top');
      const middle = new Asking('middle', [], top);
      const leaf = new Asking('leaf', [], middle);
      top.cancel(cancellation);
      expect(known).to.deep.equal(Array(3).fill([true, true, true]));
    });

    it('can cancel what is inside and go on', () => {
      const top = new Noted('top');
      new Noted('leaf', top.log, top);
      top.cancelOwned(cancellation);
      expect(top.log).to.deep.equal(['leaf cancelled', 'leaf over']);
      expect(top).to.include({ cancellation: undefined, over: false });
    });
  });

  it('is over, where it came to that while what is around it is being cancelled, when it was cancelled itself', () => {
    const log: string[] = [];
    const outer = new Noted('outer', log);
    const inner = new Noted('inner', log, outer);
    const last: Owned = { cancel: () => (inner.letGo(), log.push('inner let go'), outer.release(last)) };
    outer.own(last);
    outer.cancel(cancellation);
    expect(log).to.deep.equal(['outer cancelled', 'inner let go', 'inner cancelled', 'inner over', 'outer over']);
  });

  it('no depth of scopes overflows the stack: neither by cancelling nor by being over', () => {
    const chain = (top: Noted) => {
      let leaf = top;
      for (let i = 0; i < 10_000; i++) leaf = new Noted('', [], leaf);
      return leaf;
    };
    const cancelled = new Noted('top');
    chain(cancelled);
    cancelled.cancel(cancellation);
    expect(cancelled.over).to.equal(true);

    const ended = new Noted('top');
    const leaf = chain(ended);
    for (let scope: Scope | undefined = leaf.parent; scope; scope = scope.parent) scope.letGo();
    expect(ended.over).to.equal(false);
    leaf.letGo();
    expect(ended.over).to.equal(true);
  });

  it('reports an error that happened in it, and that nobody consumed, with its path', () => {
    const scope = new Noted('leaf <- top');
    scope.fail('boom');
    scope.fail('bang').consume();
    scope.unhandledErrors.close();
    expect(scope.log).to.deep.equal(['boom of leaf <- top']);
  });
});
