import { expect } from 'chai';
import { List } from 'immutable';
import { from, ignoreElements, NEVER, Subject } from 'rxjs';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { LifecycleError } from '../../lib/errors/lifecycle-error.js';
import { MiniAgents, miniAgentsOf } from '../../lib/runtime/mini-agents.js';
import { miniagent } from '../../lib/runtime/miniagent.js';
import { defaultSession, ownerNow } from '../../lib/scope/owner.js';
import { MessageSequence } from '../../lib/streams/message-sequence.js';
import { asyncMarbles } from '../../lib/testing/async-marbles.js';
import { observed, rejection, TestScope, texts, turn } from './support.js';

describe('MiniAgents', () => {
  const echo = miniagent('echo', (ctx) => ctx.messages);
  const silent = miniagent('silent', () => NEVER);

  describe('run', () => {
    it('gives the result of a function, of a promise, and of a sequence its whole', async () => {
      const { miniAgents } = observed();
      expect(await miniAgents.run(() => 42)).to.equal(42);
      expect(await miniAgents.run(async () => 42)).to.equal(42);
      expect(await miniAgents.run(Promise.resolve(42))).to.equal(42);
      for (const given of [() => echo.inquire('a'), echo.inquire('a'), async () => echo.inquire('a')]) {
        const list: unknown = await miniAgents.run(given);
        expect(List.isList(list)).to.equal(true);
        expect(String(list)).to.equal('List [ Message { "text": "a" } ]');
      }
    });

    it('makes itself the owner of what is started inside, across awaits, and only there', async () => {
      const { miniAgents } = observed();
      await miniAgents.run(async () => {
        expect(miniAgentsOf(ownerNow())).to.equal(miniAgents);
        await turn();
        expect(miniAgentsOf(ownerNow())).to.equal(miniAgents);
      });
      expect(ownerNow()).to.equal(defaultSession);
      expect(miniAgentsOf(ownerNow())).not.to.equal(miniAgents);
    });

    it('takes over a sequence that was asked for just before', async () => {
      const { miniAgents, happened } = observed();
      await miniAgents.run(echo.inquire('a'));
      expect(happened()).to.include('1 echo finished');
    });

    it('has of that sequence all that its events tell of one that is asked inside', async () => {
      const [before, inside] = [observed(), observed()];
      await before.miniAgents.run(echo.inquire(['a', Promise.resolve('b')]));
      await inside.miniAgents.run(() => echo.inquire(['a', Promise.resolve('b')]));
      expect(before.happened()[0]).to.equal('1 echo inquired');
      expect(before.happened()).to.have.members(inside.happened());
    });

    it('takes over what shows that sequence with its errors as messages', async () => {
      const { miniAgents, happened } = observed();
      await miniAgents.run(echo.inquire('a').errorsAsMessages());
      expect(happened()).to.include('1 echo finished');
    });

    it('is told of what is wrong in that sequence and nobody consumes, and in what was asked', async () => {
      const ignorant = miniagent('ignorant', (ctx) => {
        void ctx.messages;
        return 'a';
      });
      const { miniAgents, reported } = observed();
      await miniAgents.run(ignorant.inquire(Promise.reject(new RangeError('boom'))));
      expect(reported.map(({ error }) => String(error))).to.deep.equal(['RangeError: boom']);
    });

    it('inside an agent is cancelled with it', async () => {
      const { miniAgents, happened } = observed();
      const outer = miniagent('outer', () => miniAgents.run(() => silent.inquire()).then(() => null));
      const replies = outer.inquire();
      await turn();
      replies.cancel('enough');
      expect(happened().at(-1)).to.equal('1 silent cancelled');
      expect(String(await rejection(replies.resolve()))).to.equal('CancelledError: agent outer was cancelled: enough');
    });

    it('settles when everything inside has ended', async () => {
      await asyncMarbles(({ agent, expectObservable }) => {
        const { miniAgents } = observed();
        const run = miniAgents.run(() => (agent('worker', '---|').inquire(), 42));
        expectObservable(from(run)).toBe('---(r|)', { r: 42 });
      });
    });

    it('throws what fails, once what still runs inside is cancelled', async () => {
      const { miniAgents } = observed();
      const boom = new Error('boom');
      const inside: MessageSequence[] = [];
      const work = () => {
        inside.push(silent.inquire());
        throw boom;
      };
      expect(await rejection(miniAgents.run(work))).to.equal(boom);
      expect(await rejection(miniAgents.run(async () => work()))).to.equal(boom);
      expect(await rejection(miniAgents.run(() => MessageSequence.from(boom)))).to.equal(boom);
      for (const replies of inside) expect(await rejection(replies.resolve())).to.include({ cause: boom });
    });

    it('reports what nobody consumed, at its end', async () => {
      await asyncMarbles(async ({ agent, expectObservable }) => {
        const reported$ = new Subject<string>();
        const onUnhandledError = (error: unknown, path: string) => reported$.next(`${String(error)} of ${path}`);
        const bad = agent('bad', '-#', {}, new Error('boom'));
        expectObservable(reported$).toBe('---r', { r: 'Error: boom of bad <- top' });
        await observed({ onUnhandledError }).miniAgents.run(() => {
          miniagent('top', (ctx) => void ctx.inquire(bad)).inquire();
          agent('slow', '---|').inquire();
        });
      });
    });
  });

  describe('activate', () => {
    it('makes it the owner of what is started outside any agent, until finalize', async () => {
      const { miniAgents, happened } = observed();
      expect(miniAgents.activate()).to.equal(miniAgents);
      try {
        expect(await texts(echo.inquire('a'))).to.deep.equal(['a']);
      } finally {
        await miniAgents.finalize();
      }
      expect(happened().at(-1)).to.equal('1 echo finished');
      expect(ownerNow()).to.equal(defaultSession);
    });

    it('throws where it is active, and can be done again after its end', async () => {
      const { miniAgents } = observed();
      miniAgents.activate();
      expect(() => miniAgents.activate()).to.throw(LifecycleError, 'active already');
      await miniAgents.finalize();
      await miniAgents.activate().finalize();
      await miniAgents.finalize();
    });

    it('is ended by await using', async () => {
      const { miniAgents } = observed();
      miniAgents.activate();
      await miniAgents[Symbol.asyncDispose]();
      expect(ownerNow()).to.equal(defaultSession);
    });

    it('has finalize wait for everything inside', async () => {
      await asyncMarbles(({ agent, expectObservable }) => {
        const miniAgents = observed().miniAgents.activate();
        agent('worker', '---|').inquire();
        expectObservable(from(miniAgents.finalize()).pipe(ignoreElements())).toBe('---|');
      });
    });
  });

  describe('cancel', () => {
    it('cancels everything inside, and what is started there later', async () => {
      const { miniAgents } = observed();
      await miniAgents.run(async () => {
        const replies = silent.inquire();
        miniAgents.cancel('enough');
        for (const sequence of [replies, echo.inquire('late')]) {
          const error = await rejection(sequence.resolve());
          expect(error).to.be.instanceOf(CancelledError).and.include({ cause: 'enough' });
        }
      });
      expect(await miniAgents.run(() => echo.inquire('next').text())).to.equal('next');
    });

    it('reaches what is started there up to its end, and nothing later', async () => {
      const { miniAgents } = observed();
      let later: Promise<unknown> | undefined;
      const failing = miniAgents.run(() => {
        later = turn().then(() => echo.inquire('late').text());
        throw new RangeError('boom');
      });
      expect(String(await rejection(failing))).to.equal('RangeError: boom');
      expect(await later).to.equal('late');
    });

    it('reaches nothing of another', async () => {
      const [one, other] = [observed().miniAgents, observed().miniAgents];
      await one.run(async () => {
        const replies = echo.inquire('a');
        other.cancel();
        expect(await texts(replies)).to.deep.equal(['a']);
      });
    });

    it('of the default one cancels what runs outside of all others, and no more than that', async () => {
      const replies = silent.inquire();
      miniAgentsOf(defaultSession).cancel('enough');
      expect(await rejection(replies.resolve())).to.include({ cause: 'enough' });
      expect(await texts(echo.inquire('next'))).to.deep.equal(['next']);
    });
  });

  describe('settings', () => {
    it('are startSoon and not errorsAsMessages by default', () => {
      expect(new MiniAgents()).to.include({ startSoon: true, errorsAsMessages: false });
    });

    it('hold inside, and are won over by those of a call', async () => {
      const { miniAgents } = observed({ startSoon: false, errorsAsMessages: true });
      const bad = miniagent('bad', () => Promise.reject(new RangeError('boom')));
      let started = 0;
      const counting = miniagent('counting', () => void started++);
      await miniAgents.run(async () => {
        expect(await texts(bad.inquire())).to.deep.equal(['RangeError: boom']);
        expect(await rejection(bad.inquire('', { errorsAsMessages: false }).resolve())).to.be.instanceOf(RangeError);
        counting.inquire();
        counting.inquire('', { startSoon: true });
        await turn();
        expect(started).to.equal(1);
      });
    });

    it('are refused where they are no functions and should be', () => {
      expect(() => new MiniAgents({ onUnhandledError: 'log' as never })).to.throw(InvalidArgumentError);
      expect(() => new MiniAgents({ onPersistMessages: {} as never })).to.throw(InvalidArgumentError);
      expect(() => new MiniAgents().onPersistMessages(undefined as never)).to.throw(InvalidArgumentError);
    });
  });

  describe('onPersistMessages', () => {
    it('has messages that are sent and received handed over; run and finalize wait for the last', async () => {
      const batches: string[][] = [];
      const handler = async (messages: readonly { text: string }[]) => {
        await turn();
        batches.push(messages.map(({ text }) => text));
      };
      const { miniAgents } = observed({ onPersistMessages: handler });
      await miniAgents.run(() => echo.inquire(['a', 'b']));
      expect(batches.flat()).to.deep.equal(['a', 'b']);
      miniAgents.activate();
      echo.inquire('c');
      await miniAgents.finalize();
      expect(batches.flat()).to.deep.equal(['a', 'b', 'c']);
    });

    it('reports what a handler throws, and the agents go on', async () => {
      const { miniAgents, reported } = observed();
      const subscription = miniAgents.onPersistMessages(() => Promise.reject(new Error('disk full')));
      expect((await miniAgents.run(() => echo.inquire('a'))).size).to.equal(1);
      expect(reported.map(({ error, path }) => [String(error), path])).to.deep.equal([['Error: disk full', '']]);
      subscription.unsubscribe();
      await miniAgents.run(() => echo.inquire('b'));
      expect(reported).to.have.lengthOf(1);
    });
  });

  it('has a default one, for what is started outside of any', () => {
    expect(miniAgentsOf(defaultSession)).to.be.instanceOf(MiniAgents);
    expect(miniAgentsOf(new TestScope())).to.equal(miniAgentsOf(defaultSession));
  });
});
