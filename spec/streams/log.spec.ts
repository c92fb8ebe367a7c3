import { expect } from 'chai';
import { Log } from '../../lib/streams/log.js';
import { Counted, failureOf } from './support.js';

describe('Log', () => {
  it('keeps what comes, in order', () => {
    const log = new Log<string>();
    log.append('a');
    log.append('b');
    expect(log.entries).to.deep.equal(['a', 'b']);
    expect(log).to.include({ ended: false, failure: undefined, quiet: false });
  });

  it('wakes those who wait, at each entry and at the end', () => {
    const log = new Log<string>();
    const [reader, other, gone] = [new Counted(), new Counted(), new Counted()];
    for (const task of [reader, reader, other, gone]) log.wait(task);
    log.leave(gone);
    log.append('a');
    expect([reader.times, other.times, gone.times]).to.deep.equal([1, 1, 0]);
    log.leave(other);
    log.end();
    expect([reader.times, other.times, gone.times]).to.deep.equal([2, 1, 0]);
  });

  it('wakes in the order in which they came to wait', () => {
    const log = new Log<string>();
    const woken: number[] = [];
    for (const reader of [1, 2, 3]) log.wait({ run: () => woken.push(reader) });
    log.append('a');
    expect(woken).to.deep.equal([1, 2, 3]);
  });

  it('ends once, for good: nothing comes after it', () => {
    const log = new Log<string>();
    const reader = new Counted();
    log.append('a');
    log.end();
    log.wait(reader);
    log.append('b');
    log.end();
    expect(log.entries).to.deep.equal(['a']);
    expect(reader.times).to.equal(0);
  });

  it('may end with a failure, quietly or not', () => {
    const [log, quiet] = [new Log<string>(), new Log<string>()];
    const failure = failureOf('boom');
    log.end(failure);
    quiet.end(failure, true);
    expect(log).to.include({ ended: true, failure, cut: failure, quiet: false });
    expect(quiet).to.include({ ended: true, failure, cut: failure, quiet: true });
  });

  it('may end quietly, with what its entries still owe to come', () => {
    const log = new Log<string>();
    const [failure, later] = [failureOf('left'), failureOf('later')];
    const reader = new Counted();
    log.wait(reader);
    log.endQuietly(failure);
    expect(log).to.include({ ended: true, failure, cut: undefined, quiet: true });
    expect(reader.times).to.equal(1);
    log.endQuietly(later);
    log.end();
    expect(log).to.include({ failure, cut: undefined, quiet: true });
  });

  it('takes a failure after an end as a cut, of what its entries still owe; the end stays, and no second one counts', () => {
    const log = new Log<string>();
    const [first, second] = [failureOf('first'), failureOf('second')];
    const reader = new Counted();
    log.end();
    log.wait(reader);
    log.end(first, true);
    log.end(second);
    expect(log).to.include({ failure: undefined, cut: first, quiet: true });
    expect(reader.times).to.equal(1);
  });

  it('has many that are appended together there before anybody is woken', () => {
    const log = new Log<string>();
    const seen: string[][] = [];
    log.wait({ run: () => seen.push([...log.entries]) });
    log.appendAll(['a', 'b']);
    expect(seen).to.deep.equal([['a', 'b']]);
    log.end();
    log.appendAll(['c']);
    expect(log.entries).to.deep.equal(['a', 'b']);
  });

  it('can be written to by a reader that is being woken', () => {
    const log = new Log<string>();
    const seen: number[] = [];
    const run = () => {
      seen.push(log.entries.length);
      if (log.entries.length < 3) log.append('again');
    };
    log.wait({ run });
    log.append('a');
    expect(log.entries).to.deep.equal(['a', 'again', 'again']);
    expect(seen).to.include(3);
  });

  it('can be left, and waited for, by a reader that is being woken', () => {
    const log = new Log<string>();
    const late = new Counted();
    const once = {
      times: 0,
      run: () => {
        once.times++;
        log.leave(once);
        log.wait(late);
      },
    };
    log.wait(once);
    log.append('a');
    log.append('b');
    expect(once.times).to.equal(1);
    expect(late.times).to.be.greaterThan(0);
  });

  it('calls back, at its end and when a reader leaves, since all may have seen the end', () => {
    const seen: boolean[] = [];
    class Watched extends Log<string> {
      protected override onRead(): void {
        seen.push(this.ended);
      }
    }
    const log = new Watched();
    const reader = new Counted();
    log.wait(reader);
    log.append('a');
    expect(seen).to.deep.equal([]);
    log.end();
    expect(seen).to.deep.equal([true]);
    log.leave(reader);
    log.leave(reader);
    expect(seen).to.deep.equal([true, true]);
  });

  it('wakes through any number of logs without overflowing the stack', () => {
    const logs = Array.from({ length: 10_000 }, () => new Log<string>());
    logs.forEach((log, i) => log.wait({ run: () => logs[i + 1]?.append('a') }));
    logs[0]?.append('a');
    expect(logs.at(-1)?.entries).to.deep.equal(['a']);
  });
});
