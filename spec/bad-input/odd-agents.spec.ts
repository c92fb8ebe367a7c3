import { expect } from 'chai';
import { InvalidArgumentError, miniagent, MiniAgentsError, NotAMessageError } from 'miniagents';
import type { MessageType, MiniAgent } from 'miniagents';
import { Observable, of } from 'rxjs';
import { inside, pass, rejection, texts, turn } from '../laws/support.js';

const boom = new Error('boom');
const fail = (): never => {
  throw boom;
};
const view = (messages: MessageType) => texts(pass.inquire(['before', messages, 'after']).errorsAsMessages());
const expected = ['before', 'Error: boom', 'after'];

describe('bad input: odd agents and odd sources', () => {
  const here = inside();

  describe('what is no agent, where one is expected', () => {
    const wrong: [unknown, RegExp][] = [
      [() => 'x', /agent.*function/],
      [function named() {}, /agent.*named/],
      [class Named {}, /agent.*Named/],
      ['agent', /agent.*string/],
      [42, /agent.*42/],
      [null, /agent.*null/],
      [undefined, /agent.*undefined/],
      [{ inquire: () => null }, /agent.*Object/],
    ];
    for (const [value, message] of wrong) {
      it(`${String(value)}: a clear error at ctx.inquire`, async () => {
        const replies = miniagent('agent', (ctx) => ctx.inquire(value as MiniAgent)).inquire();
        const error = await rejection(replies.resolve());
        expect(error).to.be.instanceOf(InvalidArgumentError).and.instanceOf(TypeError).and.instanceOf(MiniAgentsError);
        expect(error).to.have.property('message').that.matches(message);
        expect(error).to.have.property('value', value);
      });
    }

    it('no function to make an agent of', () => {
      for (const value of [42, 'text', null, undefined, {}, [], Symbol('s')] as never[]) {
        expect(() => miniagent('agent', value)).to.throw(InvalidArgumentError, /function or a class/);
        expect(() => miniagent(value)).to.throw(InvalidArgumentError, /function or a class/);
      }
      expect(() => miniagent('only a name' as never)).to.throw(InvalidArgumentError);
    });

    it('an agent made of an agent asks it', async () => {
      const outcome = await Promise.resolve()
        .then(() => texts(miniagent('around', pass as never).inquire('x')))
        .catch((error: unknown) => error);
      expect(outcome).to.satisfy((value: unknown) => Array.isArray(value) || value instanceof TypeError);
    });
  });

  describe('what an agent returns', () => {
    it('a number, at once or promised: its error says so, after what it said', async () => {
      for (const make of [() => 42, async () => 42, () => of(42), () => Promise.resolve(of(42))] as (() => never)[]) {
        const agent = miniagent('agent', (ctx) => (ctx.reply('before'), make()));
        const seen = await texts(agent.inquire().errorsAsMessages());
        expect(seen[0]).to.equal('before');
        expect(seen[1]).to.match(/^NotAMessageError: .*42 \(number\)/);
        expect(await rejection(agent.inquire().resolve())).to.be.instanceOf(NotAMessageError);
      }
      await here.end();
      here.takeReported();
    });

    it('a function, or another agent that was not asked', async () => {
      for (const value of [() => 'x', pass] as never[])
        expect(
          await rejection(
            miniagent('agent', () => value)
              .inquire()
              .resolve(),
          ),
        ).to.be.instanceOf(NotAMessageError);
    });

    it('a class without run()', async () => {
      const agent = miniagent('agent', class Idle {} as never);
      const error = await rejection(agent.inquire().resolve());
      expect(error)
        .to.be.instanceOf(TypeError)
        .with.property('message')
        .that.matches(/run\(\).*(Idle|agent)/);
    });

    it('a class whose constructor throws', async () => {
      class Broken {
        constructor() {
          fail();
        }
        run() {}
      }
      expect(await rejection(miniagent(Broken).inquire().resolve())).to.equal(boom);
      expect(
        await rejection(new Promise((_r, reject) => miniagent(Broken)('x').subscribe({ error: reject }))),
      ).to.equal(boom);
    });
  });

  describe('a generator that throws', () => {
    const generators: Record<string, () => MessageType> = {
      'at once': function* () {
        fail();
      },
      'after a yield': function* () {
        yield null;
        fail();
      },
      'in its finally': function* () {
        try {
          yield null;
        } finally {
          fail();
        }
      },
      'asynchronously, at once': async function* () {
        fail();
      },
      'asynchronously, after a yield': async function* () {
        yield null;
        await turn();
        fail();
      },
      'a rejected promise that it yields': async function* () {
        yield Promise.reject(boom);
      },
    };
    for (const [name, generate] of Object.entries(generators)) {
      it(`${name}: as an agent, as a reply, as a question`, async () => {
        expect(await texts(miniagent('agent', generate).inquire().errorsAsMessages())).to.deep.equal(['Error: boom']);
        const replies = miniagent('agent', (ctx) => ctx.reply(['before', generate(), 'after'])).inquire();
        expect(await texts(replies.errorsAsMessages())).to.deep.equal(expected);
        expect(await view(generate())).to.deep.equal(expected);
        expect(await rejection(replies.resolve())).to.equal(boom);
      });
    }
  });

  describe('sources that misbehave', () => {
    const iterable = (iterator: object): MessageType => ({ [Symbol.iterator]: () => iterator }) as MessageType;
    const asyncIterable = (iterator: object): MessageType =>
      ({ [Symbol.asyncIterator]: () => iterator }) as MessageType;
    const sources: Record<string, () => MessageType> = {
      'an iterator whose next throws': () => iterable({ next: fail }),
      'an iterable that throws when it is asked for an iterator': () => ({ [Symbol.iterator]: fail }),
      'an async iterator whose next throws': () => asyncIterable({ next: fail }),
      'an async iterator whose next rejects': () => asyncIterable({ next: () => Promise.reject(boom) }),
      'an async iterable that throws when it is asked for an iterator': () => ({ [Symbol.asyncIterator]: fail }),
      'an Observable whose subscribe throws': () => new Observable(fail),
      'an Observable that fails twice': () =>
        new Observable((subscriber) => {
          subscriber.error(boom);
          subscriber.error(new Error('again')); // eslint-disable-line rxjs-x/no-redundant-notify
          subscriber.next('after the end'); // eslint-disable-line rxjs-x/no-redundant-notify
        }),
      'a thenable that throws': () => ({ then: fail }),
      'a thenable that rejects twice and resolves': () =>
        ({
          then: (resolve: (value: string) => void, reject: (error: unknown) => void) => {
            reject(boom);
            reject(new Error('again'));
            resolve('after the end');
          },
        }) as unknown as MessageType,
      'a web stream that fails': () => new ReadableStream<string>({ start: (controller) => controller.error(boom) }),
    };
    for (const [name, make] of Object.entries(sources)) {
      it(`${name}: its error stands at its place`, async () => {
        expect(await view(make())).to.deep.equal(expected);
        expect(await texts(miniagent('agent', make).inquire().errorsAsMessages())).to.deep.equal(['Error: boom']);
        const replies = miniagent('agent', (ctx) => ctx.reply(['before', make(), 'after'])).inquire();
        expect(await texts(replies.errorsAsMessages())).to.deep.equal(expected);
      });
    }

    for (const result of [5, null, 'text', undefined]) {
      it(`an iterator whose next gives ${String(result)} instead of an object: a TypeError at its place`, async () => {
        const odd = () => {
          let asked = 0;
          return { next: () => (++asked > 100 ? fail() : result), [Symbol.iterator]: odd };
        };
        const agent = miniagent('agent', () => odd() as never);
        for (const seen of [await view(iterable(odd())), await view(agent.inquire())]) {
          expect([seen[0], seen[2]]).to.deep.equal(['before', 'after']);
          expect(seen[1]).to.match(/^TypeError: /);
        }
        const seen = await view(asyncIterable({ next: async () => odd().next() }));
        expect([seen[0], seen[2]]).to.deep.equal(['before', 'after']);
        expect(seen[1]).to.match(/^TypeError: /);
      });
    }

    it('an async iterator without return, whose return throws, or rejects', async () => {
      const returns = [undefined, fail, () => Promise.reject(boom), () => null];
      for (const each of returns) {
        const iterator = { next: () => new Promise(() => {}), ...(each && { return: each }) };
        const replies = pass.inquire(asyncIterable(iterator));
        const resolved = rejection(replies.resolve());
        await turn();
        expect(() => replies.cancel()).not.to.throw();
        expect(await resolved).to.have.property('name', 'CancelledError');
      }
      await here.end();
      here.takeReported();
    });

    it('a web stream that somebody else reads', async () => {
      const stream = new ReadableStream<string>();
      stream.getReader();
      const seen = await view(stream);
      expect([seen[0], seen[2]]).to.deep.equal(['before', 'after']);
      expect(seen[1]).to.match(/^TypeError/);
    });

    it('an Observable of another copy of RxJS', async () => {
      const foreign = {
        [Symbol.for('observable')]: undefined,
        '@@observable': () => foreign,
        subscribe: (observer: { next(value: string): void; complete(): void }) => {
          observer.next('x');
          observer.complete();
          return { unsubscribe: () => {} };
        },
      };
      const marked = Object.assign(foreign, {
        [(Symbol as { observable?: symbol }).observable ?? '@@observable']: () => foreign,
      });
      expect(await view(marked as unknown as MessageType)).to.deep.equal(['before', 'x', 'after']);
    });
  });
});
