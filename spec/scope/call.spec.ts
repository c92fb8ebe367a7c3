import { expect } from 'chai';
import { call, callLast } from '../../lib/scope/call.js';

describe('call', () => {
  /** Calls within calls, so many, noting how many were on the stack at most. */
  function nested(count: number) {
    const seen = { done: 0, stack: 0, deepest: 0 };
    const step = (left: number) => {
      seen.deepest = Math.max(seen.deepest, ++seen.stack);
      if (left > 0) call({ run: () => step(left - 1) });
      seen.done++;
      seen.stack--;
    };
    call({ run: () => step(count - 1) });
    return seen;
  }

  /** Calls from as deep inside other calls as they go at once. */
  function atTheBottom(work: () => void): void {
    const down = (left: number) => (left > 0 ? call({ run: () => down(left - 1) }) : work());
    down(50);
  }

  it('runs a task at once', () => {
    const log: string[] = [];
    call({ run: () => log.push('task') });
    log.push('after');
    expect(log).to.deep.equal(['task', 'after']);
  });

  it('runs a task within a task at once, too', () => {
    const log: string[] = [];
    call({
      run: () => {
        call({ run: () => log.push('inner') });
        log.push('outer');
      },
    });
    expect(log).to.deep.equal(['inner', 'outer']);
  });

  it('never goes deeper than a bound, however deep calls are nested', () => {
    const { done, deepest } = nested(10_000);
    expect(done).to.equal(10_000);
    expect(deepest).to.be.greaterThan(1).and.lessThan(100);
  });

  it('runs what had to wait in the order asked for, before the outermost call returns', () => {
    const log: unknown[] = [];
    atTheBottom(() => {
      for (const item of [1, 2, 3]) call({ run: () => log.push(item) });
      log.push('asked');
    });
    expect(log).to.deep.equal(['asked', 1, 2, 3]);
  });

  it('runs what is asked for by what had to wait', () => {
    const log: unknown[] = [];
    atTheBottom(() => {
      call({ run: () => (call({ run: () => log.push('again') }), log.push('first')) });
      call({ run: () => log.push('second') });
    });
    expect(log).to.have.members(['first', 'second', 'again']);
    expect(log.indexOf('first')).to.be.lessThan(log.indexOf('second'));
  });

  it('throws what a task throws to who called it', () => {
    const boom = new Error('boom');
    const throws = () => {
      throw boom;
    };
    expect(() => call({ run: throws })).to.throw(boom);
    expect(() => call({ run: () => call({ run: throws }) })).to.throw(boom);
  });

  it('loses no task to another that throws', () => {
    const log: unknown[] = [];
    const throws = (text: string) => () => {
      throw new Error(text);
    };
    const work = () =>
      atTheBottom(() => {
        call({ run: throws('one') });
        call({ run: () => log.push('between') });
        call({ run: throws('two') });
        call({ run: () => log.push('last') });
        throw new Error('zero');
      });
    expect(work).to.throw(/^(zero|one|two)$/);
    expect(log).to.deep.equal(['between', 'last']);
  });

  it('is as before after a task that threw, at once or when it had waited', () => {
    const throws = { run: () => expect.fail('boom') };
    for (let i = 0; i < 100; i++) {
      expect(() => call(throws)).to.throw('boom');
      expect(() => atTheBottom(() => call(throws))).to.throw('boom');
    }
    const log: string[] = [];
    call({ run: () => (call({ run: () => log.push('inner') }), log.push('outer')) });
    atTheBottom(() => call({ run: () => log.push('deep') }));
    expect(log).to.deep.equal(['inner', 'outer', 'deep']);
  });
});

describe('callLast', () => {
  it('runs a task when all is done that is being done, before the outermost call returns', () => {
    const log: string[] = [];
    call({
      run: () => {
        call({ run: () => (callLast({ run: () => log.push('last') }), log.push('inner')) });
        log.push('outer');
      },
    });
    log.push('after');
    expect(log).to.deep.equal(['inner', 'outer', 'last', 'after']);
  });

  it('runs it at once where nothing is being done', () => {
    const log: string[] = [];
    callLast({ run: () => log.push('task') });
    expect(log).to.deep.equal(['task']);
  });
});
