import { expect } from 'chai';
import { miniagent, MiniAgents } from 'miniagents';
import type { Message } from 'miniagents';
import { config } from 'rxjs';
import { pass, texts, turn } from '../laws/support.js';

const failing = (name: string) =>
  miniagent(name, () => {
    throw new Error(name);
  });

describe('bad input: handlers that fail', () => {
  describe('onPersistMessages', () => {
    const handlers: Record<string, (batch: readonly Message[]) => void | Promise<void>> = {
      'that throws': () => {
        throw new Error('disk full');
      },
      'that rejects': () => Promise.reject(new Error('disk full')),
      'that rejects late': () => turn().then(() => Promise.reject(new Error('disk full'))),
      'that throws nothing in particular': () => {
        throw undefined;
      },
    };
    for (const [name, onPersistMessages] of Object.entries(handlers)) {
      it(`${name}: reported, the agents go on, run ends`, async () => {
        const reported: unknown[] = [];
        const miniAgents = new MiniAgents({ onPersistMessages, onUnhandledError: (error) => reported.push(error) });
        expect(await miniAgents.run(() => texts(pass.inquire(['a', 'b'])))).to.deep.equal(['a', 'b']);
        expect(reported.length).to.be.greaterThan(0);
        const errors = new Set(reported.map(String));
        expect(errors).to.deep.equal(new Set([name.includes('nothing') ? 'undefined' : 'Error: disk full']));
      });
    }

    it('one that fails does not keep the messages from another', async () => {
      const kept: string[] = [];
      const miniAgents = new MiniAgents({ onUnhandledError: () => {} });
      miniAgents.onPersistMessages(() => Promise.reject(new Error('disk full')));
      miniAgents.onPersistMessages((batch) => void kept.push(...batch.map(String)));
      await miniAgents.run(() => pass.inquire(['a', 'b']));
      expect(kept).to.deep.equal(['a', 'b']);
    });

    it('one that asks an agent, whose messages it gets, too', async () => {
      const kept: string[] = [];
      const miniAgents = new MiniAgents();
      miniAgents.onPersistMessages(async (batch) => {
        kept.push(...batch.map(String));
        if (kept.length === 1) kept.push(...(await texts(pass.inquire('from the handler'))));
      });
      await miniAgents.run(() => pass.inquire('a'));
      expect(kept).to.include.members(['a', 'from the handler']);
    });
  });

  describe('onUnhandledError that throws', () => {
    const onUnhandledError = (seen: unknown[]) => (error: unknown) => {
      seen.push((error as Error).message);
      throw new Error('from the handler');
    };
    const { error: print } = console;
    let printed: unknown[][];

    beforeEach(() => {
      printed = [];
      console.error = (...line: unknown[]) => printed.push(line);
    });
    afterEach(() => (console.error = print));

    it('is told of every error all the same, and run ends with its result', async () => {
      const seen: unknown[] = [];
      const miniAgents = new MiniAgents({ onUnhandledError: onUnhandledError(seen) });
      const result = await miniAgents.run(() => {
        for (const name of ['one', 'two', 'three']) failing(name).inquire();
        return 'result';
      });
      expect(seen).to.deep.equal(['one', 'two', 'three']);
      expect(result).to.equal('result');
      expect(printed.map(String)).to.deep.equal(
        seen.map((name) => `onUnhandledError threw:,Error: from the handler,when it was told of:,Error: ${name}`),
      );
      expect(await miniAgents.run(() => texts(pass.inquire('works')))).to.deep.equal(['works']);
    });

    it('also where the error comes after the end, or from persisting', async () => {
      const seen: unknown[] = [];
      const miniAgents = new MiniAgents({
        onUnhandledError: onUnhandledError(seen),
        onPersistMessages: () => Promise.reject(new Error('disk full')),
      });
      expect(await miniAgents.run(() => texts(pass.inquire('a')))).to.deep.equal(['a']);
      expect(seen).to.deep.equal(['disk full']);
      expect(printed).to.have.length(1);
    });
  });

  describe('a subscriber of events$ that throws', () => {
    it('hurts nobody: RxJS reports it', async () => {
      const thrown: unknown[] = [];
      const { onUnhandledError: before } = config;
      config.onUnhandledError = (error) => thrown.push(error);
      const miniAgents = new MiniAgents();
      const others: string[] = [];
      miniAgents.events$.subscribe(() => {
        throw new Error('from the subscriber');
      });
      miniAgents.events$.subscribe(({ type }) => others.push(type));
      expect(await miniAgents.run(() => texts(pass.inquire('a')))).to.deep.equal(['a']);
      await turn();
      await turn();
      config.onUnhandledError = before;
      expect(others).to.include('finished');
      expect(thrown.map(String)).to.include('Error: from the subscriber');
    });
  });
});
