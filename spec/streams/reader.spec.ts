import { expect } from 'chai';
import { Log } from '../../lib/streams/log.js';
import { ENDED, isSign, LogReader, readerOf, WAITING } from '../../lib/streams/reader.js';
import type { Sign } from '../../lib/streams/reader.js';
import { Counted, failureOf, follow, readNow } from './support.js';

describe('LogReader', () => {
  const logOf = (...entries: string[]) => {
    const log = new Log<string>();
    for (const entry of entries) log.append(entry);
    return log;
  };

  it('reads every entry from the first on, then waits, then ends', () => {
    const log = logOf('a', 'b');
    const reader = new LogReader(log, new Counted());
    expect(readNow(reader)).to.deep.equal(['a', 'b', 'waiting']);
    log.append('c');
    expect(readNow(reader)).to.deep.equal(['c', 'waiting']);
    log.end();
    expect(readNow(reader)).to.deep.equal(['end']);
    expect(readNow(reader)).to.deep.equal(['end']);
  });

  it('reads at its own pace, whoever else reads', () => {
    const log = logOf('a', 'b');
    const [early, late] = [new LogReader(log, new Counted()), new LogReader(log, new Counted())];
    expect(early.read()).to.equal('a');
    expect(readNow(late)).to.deep.equal(['a', 'b', 'waiting']);
    expect(early.read()).to.equal('b');
    log.end();
    expect(readNow(new LogReader(log, new Counted()))).to.deep.equal(['a', 'b', 'end']);
    expect([early.index, late.index]).to.deep.equal([2, 2]);
  });

  it('has its task run when there may be something to read, once it waits', () => {
    const log = logOf('a');
    const task = new Counted();
    const reader = new LogReader(log, task);
    log.append('b');
    expect(task.times).to.equal(0);
    readNow(reader);
    log.append('c');
    log.append('d');
    expect(task.times).to.equal(2);
    log.end();
    expect(task.times).to.equal(3);
  });

  it('reads what it writes itself while it reads', () => {
    const log = logOf('a');
    const seen: unknown[] = [];
    const reader = new LogReader(log, new Counted());
    for (let entry = reader.read(); !isSign(entry); entry = reader.read()) {
      seen.push(entry);
      if (seen.length < 3) log.append('again');
    }
    expect(seen).to.deep.equal(['a', 'again', 'again']);
  });

  it('does not wait any longer when it is closed', () => {
    const log = logOf();
    const task = new Counted();
    const reader = new LogReader(log, task);
    readNow(reader);
    reader.close();
    log.append('a');
    expect(task.times).to.equal(0);
    expect(log.readers?.size ?? 0).to.equal(0);
  });

  it('waits again when it is read again', () => {
    const log = logOf();
    const task = new Counted();
    const reader = new LogReader(log, task);
    readNow(reader);
    reader.close();
    readNow(reader);
    log.append('a');
    expect(task.times).to.equal(1);
    expect(readNow(reader)).to.deep.equal(['a', 'waiting']);
  });

  it('leaves it to others to say what a failure means', () => {
    const log = logOf('a');
    log.end(failureOf('boom'));
    expect(readNow(new LogReader(log, new Counted()))).to.deep.equal(['a', 'end']);
  });

  it('lets a task follow as it comes', () => {
    const log = logOf('a');
    const { seen } = follow((task) => new LogReader(log, task));
    log.append('b');
    expect(seen).to.deep.equal(['a', 'b']);
    log.end();
    expect(seen).to.deep.equal(['a', 'b', 'end']);
  });
});

describe('isSign', () => {
  it('tells what is no piece', () => {
    for (const sign of [WAITING, ENDED, failureOf('boom')]) expect(isSign(sign)).to.equal(true);
    for (const piece of ['', 'text', {}, null, undefined, 0]) expect(isSign(piece)).to.equal(false);
  });

  it('knows the signs of another copy of the library', () => {
    expect([WAITING, ENDED]).to.deep.equal([Symbol.for('miniagents.waiting'), Symbol.for('miniagents.ended')]);
  });
});

describe('readerOf', () => {
  it('makes a reader of a generator, which ends when that returns', () => {
    function* pieces(): Generator<string | Sign, void, void> {
      yield 'a';
      yield WAITING;
      yield 'b';
    }
    const reader = readerOf(pieces());
    expect(readNow(reader)).to.deep.equal(['a', 'waiting']);
    expect(readNow(reader)).to.deep.equal(['b', 'end']);
    expect(readNow(reader)).to.deep.equal(['end']);
  });

  it('closes the generator', () => {
    const log: string[] = [];
    function* pieces(): Generator<string | Sign, void, void> {
      try {
        yield 'a';
        yield 'b';
      } finally {
        log.push('closed');
      }
    }
    const reader = readerOf(pieces());
    reader.read();
    reader.close();
    expect(log).to.deep.equal(['closed']);
    expect(reader.read()).to.equal(ENDED);
  });
});
