import { expect } from 'chai';
import { NEVER } from 'rxjs';
import { miniagent } from '../../lib/runtime/miniagent.js';
import { MiniAgents } from '../../lib/runtime/mini-agents.js';
import { Unfinished } from '../../lib/testing/unfinished.js';
import { turn } from '../streams/support.js';

describe('Unfinished', () => {
  const waits = miniagent('waits', () => NEVER);
  const ends = miniagent('ends', () => 'a');
  const asks = miniagent('asks', (ctx) => ctx.inquire(waits));

  it('knows the agents that were asked since then and have not ended, in any MiniAgents', async () => {
    const before = miniagent('before', () => NEVER).inquire();
    const unfinished = new Unfinished();
    const outside = asks.inquire();
    const inside = new MiniAgents().run(async () => {
      await ends.inquire().resolve();
      const replies = waits.fork({}, { name: 'other' }).inquire();
      await turn();
      expect(unfinished.names).to.deep.equal(['asks', 'waits', 'other']);
      replies.cancel();
    });
    await inside;
    expect(unfinished.names).to.deep.equal(['asks', 'waits']);
    unfinished.cancel('enough');
    expect(unfinished.names).to.deep.equal([]);
    expect(await outside.resolve().catch(String)).to.match(/CancelledError.*enough/);
    before.cancel();
  });
});
