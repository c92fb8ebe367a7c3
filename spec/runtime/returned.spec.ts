import { expect } from 'chai';
import { Observable, of, Subject, throwError } from 'rxjs';
import { Message } from '../../lib/messages/message.js';
import { takeReturned } from '../../lib/runtime/returned.js';
import { MessagePromise } from '../../lib/streams/message-promise.js';
import type { Stop } from '../../lib/streams/subscribe-to.js';
import { TestSequence, soon, turn } from '../streams/support.js';

/** What is taken of something returned, until there are so many. */
function taken(returned: unknown, limit = Infinity) {
  const seen: unknown[] = [];
  const stops: Stop[] = [];
  const sink = {
    closed: false,
    next: (value: unknown) => {
      seen.push(value);
      if (seen.length === limit) sink.closed = true;
    },
    error: (error: unknown) => seen.push(`error: ${String(error)}`),
    complete: () => {
      sink.closed = true;
      seen.push('complete');
    },
    enter: (work: () => void) => {
      sink.inside = true;
      work();
      sink.inside = false;
    },
    inside: false,
    started: (stop: Stop) => stops.push(stop),
  };
  takeReturned(returned, sink);
  return { seen, stops, sink };
}

const allOf = (returned: unknown): Promise<unknown[]> => soon(taken(returned).seen);

describe('takeReturned', () => {
  it('takes what a promise comes to inside the run', async () => {
    const insides: boolean[] = [];
    const source$ = new Observable<string>((subscriber) => {
      insides.push(sink.inside);
      subscriber.complete();
    });
    const { sink } = taken(Promise.resolve(source$));
    await soon([]);
    expect(insides).to.deep.equal([true]);
  });

  it('takes messages as they are, at once', () => {
    const sent = [
      ...['a', undefined, null, ['a', ['b']], new Message(), { text: 'a' }, 42, new Set(['a'])],
      ...[MessagePromise.of('a'), new TestSequence(), new Error('boom')],
    ];
    for (const messages of sent) expect(taken(messages).seen).to.have.ordered.members([messages, 'complete']);
  });

  it('takes what a generator yields and returns, to its end, at once', () => {
    function* generator() {
      yield 'a';
      yield ['b'];
      return 'last';
    }
    expect(taken(generator()).seen).to.deep.equal(['a', ['b'], 'last', 'complete']);
  });

  it('takes what an async generator yields and returns', async () => {
    async function* generator() {
      yield 'a';
      return 'last';
    }
    expect(await allOf(generator())).to.deep.equal(['a', 'last', 'complete']);
  });

  it('takes what an Observable emits', () => {
    expect(taken(of('a', 'b')).seen).to.deep.equal(['a', 'b', 'complete']);
  });

  it('takes what a promise comes to in the same way, whatever that is', async () => {
    function* generator() {
      yield 'a';
    }
    expect(await allOf(Promise.resolve('a'))).to.deep.equal(['a', 'complete']);
    expect(await allOf(Promise.resolve(of('a', 'b')))).to.deep.equal(['a', 'b', 'complete']);
    expect(await allOf(Promise.resolve(generator()))).to.deep.equal(['a', undefined, 'complete']);
    expect(await allOf({ then: (take: (value: string) => void) => take('a') })).to.deep.equal(['a', 'complete']);
  });

  it('takes the error of each', async () => {
    const boom = () => {
      throw new Error('boom');
    };
    function* generator() {
      yield 'a';
      boom();
    }
    async function* asyncGenerator() {
      yield* generator();
    }
    expect(taken(generator()).seen).to.deep.equal(['a', 'error: Error: boom']);
    expect(await allOf(asyncGenerator())).to.deep.equal(['a', 'error: Error: boom']);
    expect(taken(throwError(() => new Error('boom'))).seen).to.deep.equal(['error: Error: boom']);
    expect(await allOf(Promise.reject(new Error('boom')))).to.deep.equal(['error: Error: boom']);
  });

  it('takes no more of a generator when it is closed, and closes it', () => {
    const log: string[] = [];
    function* endless() {
      try {
        for (;;) yield 'a';
      } finally {
        log.push('closed');
      }
    }
    expect(taken(endless(), 2).seen).to.deep.equal(['a', 'a']);
    expect(log).to.deep.equal(['closed']);
  });

  it('takes nothing of what a promise comes to when it is closed', async () => {
    const { seen, sink } = taken(Promise.resolve(of('a')));
    sink.closed = true;
    await turn();
    expect(seen).to.deep.equal([]);
  });

  it('hands over the way to let go of a source', async () => {
    const [direct, promised] = [new Subject(), new Subject()];
    const all = [taken(direct), taken(Promise.resolve(promised))];
    await turn();
    expect([direct.observed, promised.observed]).to.deep.equal([true, true]);
    for (const { stops } of all) for (const stop of stops) stop();
    expect([direct.observed, promised.observed]).to.deep.equal([false, false]);
  });
});
