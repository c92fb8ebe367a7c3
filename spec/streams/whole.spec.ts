import { expect } from 'chai';
import type { Task } from '../../lib/scope/call.js';
import type { Failure } from '../../lib/scope/failure.js';
import { readWhole } from '../../lib/streams/whole.js';
import { Counted, failureOf, readNow } from './support.js';

describe('readWhole', () => {
  /** Something that is not settled yet. */
  function settling() {
    const waiting = new Map<Task, boolean>();
    const state: { settled: string | Failure | undefined } = { settled: undefined };
    const promise = {
      settled: () => state.settled,
      whenSettled: (task: Task, readsWhole: boolean) => waiting.set(task, readsWhole),
      forget: (task: Task) => waiting.delete(task),
    };
    return { promise, state, waiting };
  }

  it('reads a whole that is there: one piece', () => {
    const { promise, state, waiting } = settling();
    state.settled = 'whole';
    expect(readNow(readWhole(promise, new Counted()))).to.deep.equal(['whole', 'end']);
    expect(waiting.size).to.equal(0);
  });

  it('waits for one that is not, as one who reads it', () => {
    const { promise, state, waiting } = settling();
    const task = new Counted();
    const reader = readWhole(promise, task);
    expect(readNow(reader)).to.deep.equal(['waiting']);
    expect([...waiting]).to.deep.equal([[task, true]]);
    state.settled = 'whole';
    expect(readNow(reader)).to.deep.equal(['whole', 'end']);
    expect(readNow(reader)).to.deep.equal(['end']);
  });

  it('reads why there is none', () => {
    const { promise, state } = settling();
    state.settled = failureOf('boom');
    expect(readNow(readWhole(promise, new Counted()))).to.deep.equal(['error: boom']);
  });

  it('waits no longer when it is closed', () => {
    const { promise, waiting } = settling();
    const reader = readWhole(promise, new Counted());
    readNow(reader);
    reader.close();
    expect(waiting.size).to.equal(0);
  });
});
