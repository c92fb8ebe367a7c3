import { expect } from 'chai';
import { runIn } from '../../lib/scope/ambient.node.js';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { activeSessions, defaultSession, ownerNow, printUnhandledError } from '../../lib/scope/owner.js';
import type { Scope } from '../../lib/scope/scope.js';
import { Session } from '../../lib/scope/session.js';
import { UnhandledErrors } from '../../lib/scope/unhandled-errors.js';
import { marbles } from '../../lib/testing/marbles.js';

describe('ownerNow', () => {
  const session = (parent?: Scope) => new Session(parent, new UnhandledErrors(() => {}));
  const ownerIn = (scope: Scope) => runIn(scope, ownerNow, undefined);

  it('is the default session, which never ends, outside of everything', () => {
    expect(ownerNow()).to.equal(defaultSession);
    expect(defaultSession.over).to.equal(false);
  });

  it('is the MiniAgents that was activated last, where no run is current', () => {
    const [one, other] = [session(), session()];
    activeSessions.push(one, other);
    try {
      expect(ownerNow()).to.equal(other);
      activeSessions.pop();
      expect(ownerNow()).to.equal(one);
    } finally {
      activeSessions.splice(0);
    }
  });

  it('is the current run, before what is active', () => {
    const [current, active] = [session(), session()];
    activeSessions.push(active);
    try {
      expect(ownerIn(current)).to.equal(current);
    } finally {
      activeSessions.splice(0);
    }
  });

  it('is the closest around it that is not over yet', () => {
    const top = session();
    const leaf = session(session(top));
    leaf.letGo();
    leaf.parent?.letGo();
    expect(ownerIn(leaf)).to.equal(top);
    top.letGo();
    expect(ownerIn(leaf)).to.equal(defaultSession);
  });

  it('is a run that was cancelled, though it is over: what is started there is cancelled, too', () => {
    const leaf = session(session());
    leaf.cancel({ error: new CancelledError('it'), quiet: false });
    expect(leaf.over).to.equal(true);
    expect(ownerIn(leaf)).to.equal(leaf);
  });
});

describe('printUnhandledError', () => {
  /** What is printed meanwhile. */
  function printed(work: () => void): unknown[][] {
    const lines: unknown[][] = [];
    const { error } = console;
    console.error = (...line) => void lines.push(line);
    try {
      work();
    } finally {
      console.error = error;
    }
    return lines;
  }

  it('prints the error, and of which agent it is', () => {
    const error = new Error('boom');
    const lines = printed(() => {
      printUnhandledError(error, 'leaf <- top');
      printUnhandledError(error, '');
    });
    expect(lines).to.deep.equal([
      ['Nobody consumed this error of agent leaf <- top:', error],
      ['Nobody consumed this error:', error],
    ]);
  });

  it('prints those of the default session, a macrotask after they happened', () => {
    const lines = printed(() => {
      marbles(({ flush }) => {
        defaultSession.fail('boom');
        defaultSession.fail('consumed').consume();
        flush();
      });
    });
    expect(lines).to.deep.equal([['Nobody consumed this error:', 'boom']]);
  });
});
