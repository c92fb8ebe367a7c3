import { expect } from 'chai';
import { Observable, take } from 'rxjs';
import { currentScope, runIn } from '../../lib/scope/ambient.node.js';
import type { Failure } from '../../lib/scope/failure.js';
import { observe } from '../../lib/streams/delivery.js';
import { Log } from '../../lib/streams/log.js';
import { ENDED, LogReader, WAITING } from '../../lib/streams/reader.js';
import type { Reader } from '../../lib/streams/reader.js';
import { TestScope } from './support.js';

describe('observe', () => {
  /** A log, and an Observable of it that has its failure as the last thing. */
  function observed() {
    const log = new Log<string | Failure>();
    const readers = { opened: 0, closed: 0 };
    const pieces$ = observe((task) => {
      readers.opened++;
      const reader = new LogReader(log, task);
      let closed = false;
      const close = () => {
        if (!closed) readers.closed++;
        closed = true;
        reader.close();
      };
      return { read: () => reader.read(), close } as Reader<string>;
    });
    return { log, pieces$, readers };
  }

  function seenOf(pieces$: Observable<string>): unknown[] {
    const seen: unknown[] = [];
    pieces$.subscribe({
      next: (piece) => seen.push(piece),
      error: (error: unknown) => seen.push(`error: ${String(error)}`),
      complete: () => seen.push('complete'),
    });
    return seen;
  }

  it('hands on what is there and what comes, in the turn in which it was written', () => {
    const { log, pieces$ } = observed();
    log.append('a');
    const seen = seenOf(pieces$);
    expect(seen).to.deep.equal(['a']);
    log.append('b');
    expect(seen).to.deep.equal(['a', 'b']);
    log.end();
    expect(seen).to.deep.equal(['a', 'b', 'complete']);
  });

  it('does so anew for each subscriber, whenever it subscribes', () => {
    const { log, pieces$, readers } = observed();
    log.append('a');
    const early = seenOf(pieces$);
    log.append('b');
    const late = seenOf(pieces$);
    log.end();
    expect([early, late, seenOf(pieces$)]).to.deep.equal(Array(3).fill(['a', 'b', 'complete']));
    expect(readers).to.deep.equal({ opened: 3, closed: 3 });
  });

  it('ends with a failure, which it consumes', () => {
    const { log, pieces$ } = observed();
    const scope = new TestScope();
    const seen = seenOf(pieces$);
    const failure = scope.fail('boom');
    log.append(failure);
    log.append('after');
    expect(seen).to.deep.equal(['error: boom']);
    expect(scope.unconsumed()).to.deep.equal([]);
  });

  it('consumes no failure that does not reach the subscriber', () => {
    const { log, pieces$ } = observed();
    const scope = new TestScope();
    seenOf(pieces$.pipe(take(1)));
    log.append('a');
    log.append(scope.fail('boom'));
    expect(scope.unconsumed()).to.deep.equal(['boom']);
  });

  it('gives a subscriber that writes while it reads the rest when it is done', () => {
    const { log, pieces$ } = observed();
    const seen: string[] = [];
    let busy = false;
    pieces$.subscribe((piece) => {
      expect(busy, 'inside another piece').to.equal(false);
      busy = true;
      seen.push(piece);
      if (seen.length < 4) log.append(`${piece}+`);
      busy = false;
    });
    log.append('a');
    expect(seen).to.deep.equal(['a', 'a+', 'a++', 'a+++']);
  });

  it('looks again, where it was told to while it looked', () => {
    const pieces = ['a', 'b'];
    const reading = observe<string>((task) => ({
      read: () => {
        const piece = pieces.shift();
        if (piece === 'b') task.run();
        return piece === 'b' ? WAITING : (piece ?? ENDED);
      },
      close: () => {},
    }));
    expect(seenOf(reading)).to.deep.equal(['a', 'complete']);
  });

  it('lets a subscriber leave, in the middle of what it reads, too', () => {
    const { log, pieces$, readers } = observed();
    for (const piece of ['a', 'b', 'c']) log.append(piece);
    expect(seenOf(pieces$.pipe(take(2)))).to.deep.equal(['a', 'b', 'complete']);
    expect(readers).to.deep.equal({ opened: 1, closed: 1 });
    const subscription = pieces$.subscribe();
    expect(log.readers?.size).to.equal(1);
    subscription.unsubscribe();
    expect(readers).to.deep.equal({ opened: 2, closed: 2 });
    expect(log.readers?.size).to.equal(0);
  });

  it('calls the subscriber in the scope in which it subscribed, whoever writes', () => {
    const { log, pieces$ } = observed();
    const [mine, writers] = [new TestScope(), new TestScope()];
    const scopes: unknown[] = [];
    runIn(mine, () => pieces$.subscribe(() => scopes.push(currentScope())), undefined);
    pieces$.subscribe(() => scopes.push(currentScope()));
    runIn(writers, () => log.append('a'), undefined);
    expect(scopes).to.deep.equal([mine, undefined]);
  });

  it('goes through any number of subscribers that write on without overflowing the stack', () => {
    const chain = Array.from({ length: 10_000 }, observed);
    chain.forEach(({ pieces$ }, i) => pieces$.subscribe((piece) => chain[i + 1]?.log.append(piece)));
    const seen = seenOf((chain.at(-1) as (typeof chain)[0]).pieces$);
    chain[0]?.log.append('a');
    expect(seen).to.deep.equal(['a']);
  });

  it('subscribes in a queue, too, that is too deep for the stack', () => {
    let nested: Observable<string> = new Observable((subscriber) => subscriber.next('a'));
    for (let i = 0; i < 10_000; i++) {
      const inner = nested;
      nested = observe((task) => {
        const log = new Log<string>();
        const reader = new LogReader(log, task);
        inner.subscribe((piece) => log.append(piece));
        return reader;
      });
    }
    expect(seenOf(nested)).to.deep.equal(['a']);
  });
});
