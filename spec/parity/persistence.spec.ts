import { expect } from 'chai';
import { MiniAgents } from 'miniagents';
import { filter, from, lastValueFrom, toArray } from 'rxjs';
import { pass, turn } from '../laws/support.js';

/** A MiniAgents whose handler takes its time. */
function slow() {
  const kept: string[] = [];
  const miniAgents = new MiniAgents({
    onPersistMessages: async (messages) => {
      await turn();
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
    const { miniAgents, kept } = slow();
    await miniAgents.run(async () => {
      expect(await pass.inquire('a').text()).to.equal('a');
      expect(kept).to.deep.equal([]);
    });
    expect(kept).to.deep.equal(['a']);
  });

  it('finalize() waits, in the middle too, until what has been said is kept (B120)', async () => {
    const { miniAgents, kept } = slow();
    await miniAgents.run(async () => {
      await pass.inquire('a').resolve();
      await miniAgents.finalize();
      expect(kept).to.deep.equal(['a']);
    });
  });
});
