import { expect } from 'chai';
import { MiniAgents } from 'miniagents';
import { asyncMarbles } from 'miniagents/testing';
import { filter, from, lastValueFrom, toArray } from 'rxjs';
import { pass } from '../laws/support.js';

/** A MiniAgents whose handler takes three milliseconds. */
function slow() {
  const kept: string[] = [];
  const miniAgents = new MiniAgents({
    onPersistMessages: async (messages) => {
      await new Promise((resolve) => setTimeout(resolve, 3));
      kept.push(...messages.map(String));
    },
  });
  return { miniAgents, kept };
}

describe('parity: persistence', () => {
  it('what need not be kept, the handler leaves out (B117)', async () => {
    const kept: string[] = [];
    const miniAgents = new MiniAgents({
      onPersistMessages: async (messages) => {
        const worthIt = from(messages).pipe(filter(({ data }) => data['draft'] !== true));
        kept.push(...(await lastValueFrom(worthIt.pipe(toArray()))).map(String));
      },
    });
    await miniAgents.run(() => pass.inquire(['a', { text: 'b', data: { draft: true } }, 'c']));
    expect(kept).to.deep.equal(['a', 'c']);
  });

  it('replies come without waiting for it; run() is over when they are kept (B120)', async () => {
    await asyncMarbles(({ expectTokens, expectObservable }) => {
      const { miniAgents, kept } = slow();
      const run = miniAgents.run(() => (expectTokens(pass.inquire('a')).toBe('(a|)'), kept));
      expectObservable(from(run)).toBe('---(k|)', { k: ['a'] });
    });
  });

  it('finalize() waits, in the middle too, until what has been said is kept (B120)', async () => {
    await asyncMarbles(async ({ expectObservable }) => {
      const { miniAgents, kept } = slow();
      await miniAgents.run(async () => {
        await pass.inquire('a').resolve();
        expectObservable(from(miniAgents.finalize().then(() => [...kept]))).toBe('---(k|)', { k: ['a'] });
      });
    });
  });
});
