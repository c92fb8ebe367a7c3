import { expect } from 'chai';
import type { Failure } from '../../lib/scope/failure.js';
import { Log } from '../../lib/streams/log.js';
import { PullIterator } from '../../lib/streams/pull-iterator.js';
import { isSign, LogReader } from '../../lib/streams/reader.js';
import type { Reader } from '../../lib/streams/reader.js';
import { rejection, TestScope, turn } from './support.js';

describe('PullIterator', () => {
  function iterated() {
    const log = new Log<string | Failure>();
    const reads: unknown[] = [];
    const iterator = new PullIterator((task) => {
      const reader = new LogReader(log, task);
      const read = () => {
        const reading = reader.read();
        if (!isSign(reading)) reads.push(reading);
        return reading;
      };
      return { read, close: () => reader.close() } as Reader<string>;
    });
    return { log, iterator, reads };
  }
  const done = { done: true, value: undefined };
  const piece = (value: string) => ({ done: false, value });

  it('is iterable, and gives the pieces until the end', async () => {
    const { log, iterator } = iterated();
    log.append('a');
    log.append('b');
    log.end();
    const seen: string[] = [];
    for await (const value of iterator) seen.push(value);
    expect(seen).to.deep.equal(['a', 'b']);
  });

  it('takes a piece when it is asked for one, and keeps nothing', async () => {
    const { log, iterator, reads } = iterated();
    log.append('a');
    log.append('b');
    expect(reads).to.deep.equal([]);
    await iterator.next();
    expect(reads).to.deep.equal(['a']);
  });

  it('answers several who ask at the same time, each in turn', async () => {
    const { log, iterator } = iterated();
    const asked = [iterator.next(), iterator.next(), iterator.next(), iterator.next()];
    log.append('a');
    log.append('b');
    log.end();
    expect(await Promise.all(asked)).to.deep.equal([piece('a'), piece('b'), done, done]);
  });

  it('answers those who ask while it reads after the one that it reads for', async () => {
    const log = new Log<string>();
    const inner: Promise<unknown>[] = [];
    const iterator = new PullIterator<string>((task) => {
      const reader = new LogReader(log, task);
      const read = () => {
        if (inner.length === 0) inner.push(iterator.next());
        return reader.read();
      };
      return { read, close: () => reader.close() } as Reader<string>;
    });
    log.append('a');
    log.append('b');
    expect(await iterator.next()).to.deep.equal(piece('a'));
    expect(await inner[0]).to.deep.equal(piece('b'));
  });

  it('throws an error at its place, which it consumes, and is over then', async () => {
    const { log, iterator } = iterated();
    const scope = new TestScope();
    log.append('a');
    log.append(scope.fail('boom'));
    log.append('b');
    expect(await iterator.next()).to.deep.equal(piece('a'));
    expect(await rejection(iterator.next())).to.equal('boom');
    expect(await iterator.next()).to.deep.equal(done);
    expect(scope.unconsumed()).to.deep.equal([]);
  });

  it('does not consume an error that nobody asked for', async () => {
    const { log, iterator } = iterated();
    const scope = new TestScope();
    log.append('a');
    await iterator.next();
    log.append(scope.fail('boom'));
    expect(scope.unconsumed()).to.deep.equal(['boom']);
  });

  it('ends with return: for those who wait, too, and for good', async () => {
    const { log, iterator } = iterated();
    const waiting = iterator.next();
    expect(await iterator.return()).to.deep.equal(done);
    expect(await waiting).to.deep.equal(done);
    log.append('a');
    expect(await iterator.next()).to.deep.equal(done);
    expect(log.readers?.size ?? 0).to.equal(0);
  });

  it('ends by a break; the stream goes on without it', async () => {
    const { log, iterator } = iterated();
    log.append('a');
    log.append('b');
    for await (const value of iterator) if (value) break;
    expect(await iterator.next()).to.deep.equal(done);
    log.append('c');
    expect(log.entries).to.deep.equal(['a', 'b', 'c']);
  });

  it('keeps nobody waiting while it is not asked', async () => {
    const { log, iterator } = iterated();
    const asked = iterator.next();
    expect(log.readers?.size).to.equal(1);
    log.append('a');
    await asked;
    expect(log.readers?.size ?? 0).to.equal(0);
    const again = iterator.next();
    log.append('b');
    expect(await again).to.deep.equal(piece('b'));
  });

  it('answers any number of those who wait in linear time', async () => {
    const { log, iterator } = iterated();
    const asked = Array.from({ length: 200_000 }, () => iterator.next());
    const start = performance.now();
    for (let index = 0; index < asked.length; index++) log.append('a');
    expect(performance.now() - start).to.be.lessThan(2_000);
    log.end();
    expect(new Set((await Promise.all(asked)).map(({ value }) => value))).to.deep.equal(new Set(['a']));
    expect(await iterator.next()).to.deep.equal(done);
  });

  it('does not end the process where nobody awaits the answer that is an error', async () => {
    const rejected: unknown[] = [];
    const listeners = process.rawListeners('unhandledRejection') as (() => void)[];
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', (error) => rejected.push(error));
    const { log, iterator } = iterated();
    const late = iterated();
    void iterator.next();
    log.end(new TestScope().fail('boom'));
    late.log.append(new TestScope().fail('boom'));
    void late.iterator.next();
    await turn();
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
    expect(rejected).to.deep.equal([]);
  });

  it('does not keep a log waiting when it has ended', async () => {
    const { log, iterator } = iterated();
    const asked = iterator.next();
    log.end();
    expect(await asked).to.deep.equal(done);
    expect(log.readers?.size ?? 0).to.equal(0);
  });
});
