import { expect } from 'chai';
import { NEVER, of, Observable, range, Subject, throwError } from 'rxjs';
import { isSource, isThenable, stopSafely, subscribeTo } from '../../lib/streams/subscribe-to.js';
import type { Stop } from '../../lib/streams/subscribe-to.js';
import { soon, turn } from './support.js';

/** An Observable of another make: all that it has is its symbol. */
function foreign(work: (sink: { next(value: unknown): void; complete(): void }) => () => void): object {
  const key = (Symbol.observable as symbol | undefined) ?? '@@observable';
  return { [key]: () => ({ subscribe: (sink: never) => ({ unsubscribe: work(sink) }) }) };
}

/** An async iterator that is written by hand. */
function byHand(next: () => unknown, finish?: () => unknown): object {
  return { [Symbol.asyncIterator]: () => ({ next, ...(finish && { return: finish }) }) };
}

async function* letters() {
  yield 'a';
  yield 'b';
}

/** What comes of a source, which is let go after so many values. */
function seenOf(source: object, limit = Infinity) {
  const seen: unknown[] = [];
  const letGo: { stop: Stop } = { stop: () => {} };
  const sink = {
    next: (value: unknown) => {
      seen.push(value);
      if (seen.length === limit) letGo.stop();
    },
    error: (error: unknown) => seen.push(`error: ${String(error)}`),
    complete: () => seen.push('complete'),
  };
  subscribeTo(source, sink, (stop) => (letGo.stop = stop));
  return { seen, stop: letGo.stop };
}

const allOf = (source: object): Promise<unknown[]> => soon(seenOf(source).seen);

describe('isSource', () => {
  it('knows Observables of whatever make, streams, async iterables and promises', () => {
    const sources = [
      ...[NEVER, new Subject(), foreign(() => () => {}), new ReadableStream(), letters(), byHand(() => {})],
      ...[Promise.resolve(), { then: () => {} }],
    ];
    for (const source of sources) expect(isSource(source)).to.equal(true);
  });

  it('does not count what is there already, nor what is no promise', () => {
    for (const other of [[], new Set(), { text: 'a' }, { then: 'soon' }, new Map()]) {
      expect(isSource(other)).to.equal(false);
    }
  });
});

describe('isThenable', () => {
  it('knows a promise, of whatever make', () => {
    expect(isThenable(Promise.resolve())).to.equal(true);
    expect(isThenable({ then: () => {} })).to.equal(true);
    for (const other of [{}, { then: 1 }, of(1)]) expect(isThenable(other)).to.equal(false);
  });
});

describe('subscribeTo', () => {
  describe('gives the values of', () => {
    it('an Observable, at once', () => {
      expect(seenOf(of('a', 'b')).seen).to.deep.equal(['a', 'b', 'complete']);
    });

    it('an Observable of another make', () => {
      const source = foreign((sink) => {
        sink.next('a');
        sink.complete();
        return () => {};
      });
      expect(seenOf(source).seen).to.deep.equal(['a', 'complete']);
    });

    it('a plain iterable, at once', () => {
      expect(seenOf(['a', 'b']).seen).to.deep.equal(['a', 'b', 'complete']);
    });

    it('an async generator, and what it returns', async () => {
      async function* returning() {
        yield* letters();
        return 'last';
      }
      expect(await allOf(letters())).to.deep.equal(['a', 'b', 'complete']);
      expect(await allOf(returning())).to.deep.equal(['a', 'b', 'last', 'complete']);
    });

    it('an async iterator written by hand, of promises or of plain results, as for await takes it', async () => {
      const results = () => [{ value: 'a' }, { done: false, value: 'b' }, { done: true }].values();
      const [plain, promised] = [results(), results()];
      expect(await allOf(byHand(() => plain.next().value))).to.deep.equal(['a', 'b', 'complete']);
      expect(await allOf(byHand(() => Promise.resolve(promised.next().value)))).to.deep.equal(['a', 'b', 'complete']);
    });

    it('a web stream', async () => {
      const stream = new ReadableStream({
        start(controller) {
          for (const chunk of ['a', 'b']) controller.enqueue(chunk);
          controller.close();
        },
      });
      expect(await allOf(stream)).to.deep.equal(['a', 'b', 'complete']);
    });

    it('a promise: one', async () => {
      expect(await allOf(Promise.resolve('a'))).to.deep.equal(['a', 'complete']);
      const thenable = { then: (take: (value: string) => void) => (take('a'), take('again')) };
      expect(await allOf(thenable)).to.deep.equal(['a', 'complete']);
    });
  });

  describe('gives the error of', () => {
    const boom = new Error('boom');
    const throws = () => {
      throw boom;
    };
    const failing: Record<string, () => object> = {
      'an Observable': () => throwError(() => boom),
      'an Observable that cannot be subscribed to': () => new Observable(throws),
      'an Observable of another make that has nothing to subscribe to': () => foreign(throws),
      'an iterable': () => ({ [Symbol.iterator]: throws }),
      'an iterator': () => ({ [Symbol.iterator]: () => ({ next: throws }) }),
      'an async iterable': () => ({ [Symbol.asyncIterator]: throws }),
      'an async iterator': () => byHand(() => Promise.reject(boom)),
      'an async iterator that throws at once': () => byHand(throws),
      'a web stream': () => new ReadableStream({ pull: throws }),
      'a promise': () => Promise.reject(boom),
      'a thenable': () => ({ then: throws }),
    };
    for (const [kind, make] of Object.entries(failing)) {
      it(`${kind}, and no more`, async () => {
        expect(await allOf(make())).to.deep.equal(['error: Error: boom']);
      });
    }

    it('an async iterator that throws at once, later', async () => {
      let asked = 0;
      const source = byHand(() => (asked++ ? throws() : Promise.resolve({ value: 'a' })));
      expect(await allOf(source)).to.deep.equal(['a', 'error: Error: boom']);
    });

    for (const answer of [undefined, null, 5, 'text']) {
      it(`an async iterator that answers with ${String(answer)}`, async () => {
        const source = byHand(() => Promise.resolve(answer as never));
        expect((await allOf(source)).join()).to.match(
          /^error: TypeError: an iterator answers with an object, and this one /,
        );
      });
    }

    it('a web stream that somebody reads already', async () => {
      const stream = new ReadableStream();
      stream.getReader();
      expect((await allOf(stream)).join()).to.match(/^error: TypeError.*locked/);
    });
  });

  describe('lets go, while it is silent,', () => {
    it('of an Observable', () => {
      const subject = new Subject();
      const { seen, stop } = seenOf(subject);
      stop();
      expect(subject.observed).to.equal(false);
      subject.next('a');
      expect(seen).to.deep.equal([]);
    });

    it('of an Observable of another make', () => {
      let gone = 0;
      const { stop } = seenOf(foreign(() => () => gone++));
      stop();
      expect(gone).to.equal(1);
    });

    it('of an async generator that is between two values', async () => {
      const log: string[] = [];
      let asked = () => {};
      async function* silent() {
        try {
          for (;;) {
            yield 'a';
            await new Promise<void>((resolve) => (asked = resolve));
          }
        } finally {
          log.push('closed');
        }
      }
      const { seen, stop } = seenOf(silent());
      await turn();
      stop();
      asked();
      await turn();
      expect(seen).to.deep.equal(['a']);
      expect(log).to.deep.equal(['closed']);
    });

    it('of an async iterator that will never answer', () => {
      const log: string[] = [];
      const never = new Promise(() => {});
      seenOf(
        byHand(
          () => never,
          () => (log.push('returned'), never),
        ),
      ).stop();
      expect(log).to.deep.equal(['returned']);
    });

    it('of a web stream whose read is stalled', async () => {
      const reasons: unknown[] = [];
      const stream = new ReadableStream({ cancel: (reason) => void reasons.push(reason) });
      seenOf(stream).stop();
      await turn();
      expect(reasons).to.have.lengthOf(1);
    });

    it('of a promise: what it comes to is not waited for', async () => {
      const { seen, stop } = seenOf(Promise.resolve('a'));
      stop();
      await turn();
      expect(seen).to.deep.equal([]);
    });

    it('and minds no iterator that has no return, or one that fails or gives no promise', async () => {
      const never = new Promise(() => {});
      const ways = [undefined, () => Promise.reject(new Error('boom')), () => ({ done: true }), () => undefined];
      for (const way of ways) expect(() => seenOf(byHand(() => never, way)).stop()).not.to.throw();
      await turn();
    });
  });

  describe('lets go, in the middle of what it writes at once,', () => {
    it('of an Observable', () => {
      expect(seenOf(range(0, Infinity), 3).seen).to.deep.equal([0, 1, 2]);
    });

    it('of an iterable', () => {
      const log: string[] = [];
      function* endless() {
        try {
          for (;;) yield 'a';
        } finally {
          log.push('closed');
        }
      }
      expect(seenOf(endless(), 3).seen).to.deep.equal(['a', 'a', 'a']);
      expect(log).to.deep.equal(['closed']);
    });
  });

  it('does not close what has ended by itself', async () => {
    const log: string[] = [];
    const source = byHand(
      () => Promise.resolve({ done: true }),
      () => void log.push('returned'),
    );
    const { stop } = seenOf(source);
    await turn();
    stop();
    expect(log).to.deep.equal([]);
  });

  it('asks an iterator for one value after the other, never for two at once', async () => {
    let open = 0;
    let most = 0;
    let count = 0;
    const next = async () => {
      most = Math.max(most, ++open);
      await turn();
      open--;
      return { done: count++ === 2, value: undefined };
    };
    seenOf(byHand(next));
    for (let i = 0; i < 8; i++) await turn();
    expect([count, most]).to.deep.equal([3, 1]);
  });
});

describe('stopSafely', () => {
  it('lets a source go, and tells of what its teardown throws', () => {
    const told: unknown[] = [];
    const boom = new Error('boom');
    let stopped = 0;
    stopSafely(
      () => void stopped++,
      (error) => told.push(error),
    );
    expect([stopped, told]).to.deep.equal([1, []]);
    const throws = () => {
      throw boom;
    };
    stopSafely(throws, (error) => told.push(error));
    expect(told).to.deep.equal([boom]);
  });
});
