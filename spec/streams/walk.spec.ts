import { expect } from 'chai';
import { MessagePromise } from '../../lib/streams/message-promise.js';
import { Lane, Walk } from '../../lib/streams/walk.js';
import { Counted, failureOf, readNow, TestSequence, textOf } from './support.js';

describe('Walk', () => {
  const said = (text: string) => MessagePromise.of(text);
  const textsNow = (walk: Walk) =>
    readNow(walk).map((reading) => (reading instanceof MessagePromise ? textOf(reading) : reading));

  it('reads a lane or a sequence in order, as it comes', () => {
    for (const place of [new Lane(), new TestSequence()]) {
      const log = place instanceof Lane ? place : place.log;
      const walk = new Walk(place, new Counted());
      log.append(said('a'));
      expect(textsNow(walk)).to.deep.equal(['a', 'waiting']);
      log.append(said('b'));
      log.end();
      expect(textsNow(walk)).to.deep.equal(['b', 'end']);
    }
  });

  it('goes down into each lane and sequence at its place, and waits there until it ends', () => {
    const [top, lane, sequence] = [new Lane(), new Lane(), new TestSequence()];
    const walk = new Walk(top, new Counted());
    for (const place of [said('a'), lane, said('d')]) top.append(place);
    top.end();
    lane.append(sequence);
    lane.append(said('c'));
    expect(textsNow(walk)).to.deep.equal(['a', 'waiting']);
    sequence.say('b');
    expect(textsNow(walk)).to.deep.equal(['b', 'waiting']);
    sequence.log.end();
    expect(textsNow(walk)).to.deep.equal(['c', 'waiting']);
    lane.end();
    expect(textsNow(walk)).to.deep.equal(['d', 'end']);
  });

  it('waits at the top only: what comes elsewhere fills up in silence', () => {
    const [top, first, second] = [new Lane(), new Lane(), new Lane()];
    const task = new Counted();
    const walk = new Walk(top, task);
    top.append(first);
    top.append(second);
    readNow(walk);
    second.append(said('b'));
    expect(task.times).to.equal(0);
    first.append(said('a'));
    expect(task.times).to.equal(1);
    first.end();
    expect(textsNow(walk)).to.deep.equal(['a', 'b', 'waiting']);
  });

  it('reads the failure of a lane or sequence at its end, and goes on after it', () => {
    const [top, cut] = [new Lane(), new TestSequence()];
    const walk = new Walk(top, new Counted());
    for (const place of [cut.say('a'), said('b')]) top.append(place);
    cut.log.end(failureOf('boom'));
    top.end();
    expect(textsNow(walk)).to.deep.equal(['a', 'error: boom']);
    expect(textsNow(walk)).to.deep.equal(['b', 'end']);
  });

  it('passes over a quiet one, and says why that ended', () => {
    const [top, cut] = [new Lane(), new TestSequence()];
    const walk = new Walk(top, new Counted());
    for (const place of [cut.say('a'), said('b')]) top.append(place);
    const failure = failureOf('left');
    cut.log.end(failure, true);
    top.end();
    expect(walk.quiet).to.equal(undefined);
    expect(textsNow(walk)).to.deep.equal(['a', 'b', 'end']);
    expect(walk.quiet).to.equal(failure);
  });

  it('reads errors that are entries where they are', () => {
    const top = new Lane();
    for (const place of [said('a'), failureOf('boom'), said('b')]) top.append(place);
    top.end();
    const walk = new Walk(top, new Counted());
    expect(textsNow(walk)).to.deep.equal(['a', 'error: boom']);
    expect(textsNow(walk)).to.deep.equal(['b', 'end']);
  });

  it('waits nowhere any longer when it is closed', () => {
    const [top, inner] = [new Lane(), new Lane()];
    const task = new Counted();
    const walk = new Walk(top, task);
    readNow(walk);
    top.append(inner);
    readNow(walk);
    walk.close();
    inner.append(said('a'));
    top.append(said('b'));
    expect(task.times).to.equal(1);
    expect([top, inner].map((log) => log.readers?.size ?? 0)).to.deep.equal([0, 0]);
  });

  it('no nesting overflows the stack', () => {
    const top = new Lane();
    let inner = top;
    for (let i = 0; i < 10_000; i++) {
      const next = new Lane();
      inner.append(next);
      inner.end();
      inner = next;
    }
    const walk = new Walk(top, new Counted());
    inner.append(said('a'));
    expect(textsNow(walk)).to.deep.equal(['a', 'waiting']);
    inner.end();
    expect(textsNow(walk)).to.deep.equal(['end']);
  });
});
