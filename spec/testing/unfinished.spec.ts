import { expect } from 'chai';
import { NEVER } from 'rxjs';
import { miniagent } from '../../lib/runtime/miniagent.js';
import { MiniAgents } from '../../lib/runtime/mini-agents.js';
import { Unfinished } from '../../lib/testing/unfinished.js';

describe('Unfinished', () => {
  it('knows the agents that were asked and have not ended, also from inside one', async () => {
    const waits = miniagent('waits', () => NEVER);
    const ends = miniagent('ends', () => 'a');
    const seen: (readonly string[])[] = [];
    const looks = miniagent('looks', async (ctx) => {
      const unfinished = new Unfinished();
      const stop = [waits, waits].map((agent) => ctx.inquire(agent));
      await ctx.inquire(ends).resolve();
      seen.push(unfinished.names);
      for (const replies of stop) replies.cancel();
      seen.push(unfinished.names);
      unfinished.stop();
      ctx.inquire(waits).cancel();
      seen.push(unfinished.names);
    });
    await new MiniAgents({ onUnhandledError: () => {} }).run(() => looks.inquire().resolve());
    expect(seen).to.deep.equal([['waits'], [], []]);
  });
});
