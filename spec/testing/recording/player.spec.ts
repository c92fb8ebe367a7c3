import { expect } from 'chai';
import { asyncScheduler, Observable } from 'rxjs';
import { miniagent } from 'miniagents';
import { asyncMarbles } from 'miniagents/testing';
import { ownerNow } from '../../../lib/scope/owner.js';
import type { MessageType } from '../../../lib/streams/message-type.js';
import { Heard } from '../../../lib/testing/recording/heard.js';
import { Player } from '../../../lib/testing/recording/player.js';
import { TimersTime } from '../../../lib/testing/recording/replay-time.js';
import { conversation, runOf } from './support.js';

describe('Player', () => {
  const players: Player[] = [];
  const player = miniagent(
    'player',
    (ctx) =>
      new Observable<MessageType>((replies) => {
        const heard: Heard = new Heard(ctx.messages, () => (heard.read(), own.advance()));
        heard.read();
        const finishEarly = () => ctx.finishEarly();
        const own = new Player(runOf(conversation('1', 'q', 'a', 'b')), {
          scope: ownerNow(),
          replies,
          heard,
          time: new TimersTime(),
          began: asyncScheduler.now(),
          finishEarly,
        });
        players.push(own);
        own.advance();
      }),
  );

  it('does each step at its time, and none before what was heard before it', async () => {
    await asyncMarbles(async ({ cold, expectTokens }) => {
      expectTokens(player.inquire('q')).toBe('-a(b|)');
      expectTokens(player.inquire(cold('---(q|)'))).toBe('----a(b|)');
    });
  });

  it('fails as told, with the messages that it owes', async () => {
    await asyncMarbles(async () => {
      const replies = player.inquire('q');
      const message = await new Promise<any>((resolve) => replies.subscribe({ next: resolve, error: () => {} }));
      players.at(-1)!.fail(new RangeError('boom'));
      expect(String(await message.resolve().catch((error: unknown) => error))).to.equal('RangeError: boom');
    });
  });
});
