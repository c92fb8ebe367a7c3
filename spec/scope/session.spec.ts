import { expect } from 'chai';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { Session } from '../../lib/scope/session.js';
import { UnhandledErrors } from '../../lib/scope/unhandled-errors.js';

describe('Session', () => {
  const session = () => new Session(undefined, new UnhandledErrors(() => {}));
  const isOver = (of: Session) =>
    Promise.race([of.whenOver.then(() => true), Promise.resolve(false).then(() => false)]);

  it('is the outermost scope, and no agent', () => {
    expect(session()).to.include({ parent: undefined, path: '' });
  });

  it('tells when all that was inside has ended and nothing holds it any more', async () => {
    const outer = session();
    const inside = { cancel: () => {} };
    outer.own(inside);
    outer.letGo();
    expect(await isOver(outer)).to.equal(false);
    outer.release(inside);
    expect(await isOver(outer)).to.equal(true);
  });

  it('tells of its end, too, when it was cancelled', async () => {
    const outer = session();
    outer.own({ cancel: () => {} });
    const other = session();
    const cancellation = { error: new CancelledError('it'), quiet: false };
    outer.cancel(cancellation);
    other.cancel(cancellation);
    expect(await isOver(outer)).to.equal(false);
    expect(await isOver(other)).to.equal(true);
  });
});
