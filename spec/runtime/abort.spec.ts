import { expect } from 'chai';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { cancelOnAbort, forgetAbort } from '../../lib/runtime/abort.js';
import type { Cancellation } from '../../lib/scope/scope.js';

/** A signal that says how many listen to it. */
function counted() {
  const controller = new AbortController();
  const { signal } = controller;
  let listeners = 0;
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  signal.addEventListener = (...given: unknown[]) => (listeners++, Reflect.apply(add, signal, given));
  signal.removeEventListener = (...given: unknown[]) => (listeners--, Reflect.apply(remove, signal, given));
  return { controller, signal, listeners: () => listeners };
}

describe('cancelOnAbort', () => {
  const thing = (log: Cancellation[] = []) => ({ cancel: (cancellation: Cancellation) => log.push(cancellation) });

  it('cancels what waits for a signal when it is aborted, with its reason', () => {
    const { controller, signal } = counted();
    const log: Cancellation[] = [];
    for (const one of [thing(log), thing(log)]) cancelOnAbort(signal, one);
    expect(log).to.deep.equal([]);
    controller.abort('enough');
    expect(log).to.have.lengthOf(2);
    for (const { error, quiet } of log) {
      expect(error).to.be.instanceOf(CancelledError).and.include({ cause: 'enough' });
      expect(quiet).to.equal(false);
    }
  });

  it('does so once', () => {
    const { controller, signal } = counted();
    const log: Cancellation[] = [];
    cancelOnAbort(signal, thing(log));
    controller.abort();
    signal.dispatchEvent(new Event('abort'));
    expect(log).to.have.lengthOf(1);
  });

  it('has one listener, however many things wait, and none when nothing waits any more', () => {
    const { signal, listeners } = counted();
    const things = [thing(), thing(), thing()];
    for (const one of things) cancelOnAbort(signal, one);
    expect(listeners()).to.equal(1);
    for (const one of things.slice(1)) forgetAbort(signal, one);
    expect(listeners()).to.equal(1);
    for (const one of things) forgetAbort(signal, one);
    expect(listeners()).to.equal(0);
    cancelOnAbort(signal, thing());
    expect(listeners()).to.equal(1);
  });

  it('does not cancel what waits no longer', () => {
    const { controller, signal } = counted();
    const [log, rest]: Cancellation[][] = [[], []];
    const gone = thing(log);
    cancelOnAbort(signal, gone);
    cancelOnAbort(signal, thing(rest));
    forgetAbort(signal, gone);
    controller.abort();
    expect([log?.length, rest?.length]).to.deep.equal([0, 1]);
  });

  it('lets a thing say, while it is cancelled, that it waits no longer', () => {
    const { controller, signal } = counted();
    const log: unknown[] = [];
    const first = { cancel: () => [first, second].forEach((one) => forgetAbort(signal, one)) };
    const second = thing(log as Cancellation[]);
    for (const one of [first, second]) cancelOnAbort(signal, one);
    expect(() => controller.abort()).not.to.throw();
  });

  it('keeps signals apart', () => {
    const [one, other] = [counted(), counted()];
    const log: Cancellation[] = [];
    cancelOnAbort(one.signal, thing(log));
    cancelOnAbort(other.signal, thing());
    other.controller.abort();
    expect(log).to.deep.equal([]);
  });
});
