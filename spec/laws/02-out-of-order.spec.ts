import { expect } from 'chai';
import { Message, miniagent } from 'miniagents';
import { Subject } from 'rxjs';
import { forEachStart, marbles, pass, script, texts } from './support.js';

/** Four agents, each a part of the one before it, in order and out of order, in virtual time (B41). */
function fourAgents(failing = false) {
  const fail = () => {
    throw new RangeError('boom');
  };
  const fourth = miniagent('fourth', (ctx) => script(30, () => ctx.reply(['k', 'l']), ...(failing ? [10, fail] : [])));
  const third = miniagent('third', (ctx) => {
    ctx.reply(['e', 'f']);
    ctx.replyOutOfOrder(ctx.inquire(fourth));
    return script(20, () => ctx.reply(['i', 'j']));
  });
  const second = miniagent('second', (ctx) => {
    ctx.replyOutOfOrder('c');
    ctx.replyOutOfOrder('d');
    return script(
      10,
      () => ctx.reply(ctx.inquire(third)),
      10,
      () => ctx.replyOutOfOrder(['g', 'h']),
    );
  });
  return miniagent('first', (ctx) => ['a', 'b', ctx.inquire(second), 'm', 'n']);
}

describe('law 2: replyOutOfOrder is the opt-in', () => {
  forEachStart(() => {
    it('what is sent so is merged in as it arrives', () => {
      marbles(({ cold, expectTokens, expectSubscriptions }) => {
        const slow = cold('                ----s---t|');
        const fast = cold('                -f-g--|');
        const boss = miniagent('boss', (ctx) => {
          ctx.replyOutOfOrder(slow);
          ctx.replyOutOfOrder(fast);
        });
        const expected = '                 -f-gs---t|';
        expectTokens(boss.inquire()).toBe(expected);
        expectSubscriptions(slow.subscriptions).toBe('^--------!');
        expectSubscriptions(fast.subscriptions).toBe('^-----!');
      });
    });

    it('it passes ordered ones that are not there yet, and is waited for', () => {
      marbles(({ cold, expectTokens }) => {
        const boss = miniagent('boss', (ctx) => {
          ctx.reply(cold('                 -----a|'));
          ctx.reply('b');
          ctx.replyOutOfOrder(cold('       -x-------y-z|'));
        });
        const expected = '                 -x---ab--y-z|';
        expectTokens(boss.inquire()).toBe(expected);
      });
    });

    it('it comes a turn after the ordered ones, in its own order (B40)', () => {
      marbles(({ expectTokens }) => {
        const boss = miniagent('boss', (ctx) => {
          ctx.replyOutOfOrder('x');
          ctx.reply('a');
          ctx.replyOutOfOrder(['y', 'z']);
          ctx.reply('b');
          return 'c';
        });
        expectTokens(boss.inquire()).toBe('(abcxyz|)');
      });
    });

    it('inside one such reply there is order (B40)', () => {
      marbles(({ cold, expectTokens }) => {
        const boss = miniagent('boss', (ctx) => {
          ctx.replyOutOfOrder([cold('      ---a|'), cold('-b|'), 'c']);
        });
        const expected = '                 ---a(bc|)';
        expectTokens(boss.inquire()).toBe(expected);
      });
    });

    it('in order and out of order, in and out of each other (B45)', () => {
      marbles(({ cold, expectTokens }) => {
        const boss = miniagent('boss', (ctx) => {
          ctx.replyOutOfOrder(cold('       20ms s 19ms t|'));
          ctx.replyOutOfOrder(cold('       5ms f 4ms g|'));
          ctx.reply(cold('                 11ms n 10ms o|'));
          ctx.reply('e');
        });
        const expected = '                 5ms f 4ms g n 8ms s 1ms o e 16ms t|';
        expectTokens(boss.inquire()).toBe(expected);
      });
    });

    it('what is out of order inside an agent stays at the place of that agent', () => {
      marbles(({ cold, expectTokens }) => {
        const part = miniagent('part', (ctx) => {
          ctx.replyOutOfOrder(cold('       --x|'));
          ctx.reply('a');
        });
        const boss = miniagent('boss', (ctx) => [ctx.inquire(part), 'z']);
        const expected = '                 a-x(z|)';
        expectTokens(boss.inquire()).toBe(expected);
      });
    });

    it('four agents, one in the other (B41)', () => {
      marbles(({ expectTokens }) => {
        const expected = '                 (abcd) 4ms (ef) 6ms (gh) 6ms (ij) 6ms (klmn|)';
        expectTokens(fourAgents().inquire()).toBe(expected);
        expectTokens(pass.inquire(fourAgents().inquire())).toBe(expected);
      });
    });

    it('four agents, one in the other, of which the innermost fails in the end (B42)', () => {
      const values = { ...Object.fromEntries([...'abcdefghijklmn'].map((key) => [key, key])), x: 'RangeError: boom' };
      marbles(({ expectTokens }) => {
        const common = '                   (abcd) 4ms (ef) 6ms (gh) 6ms (ij) 6ms (kl) 6ms ';
        const replies = fourAgents(true).inquire();
        expectTokens(replies).toBe(`${common}#`, values, new RangeError('boom'));
        expectTokens(replies.errorsAsMessages()).toBe(`${common}(xmn|)`, values);
      });
    });

    it('it is subscribed to when it is sent, too', async () => {
      const source = new Subject<string>();
      const agent = miniagent('agent', (ctx) => {
        ctx.replyOutOfOrder(source);
        source.next('early');
        source.complete();
      });
      expect(await texts(agent.inquire())).to.deep.equal(['early']);
    });

    it('streams come as messages at once, and their tokens when they come', () => {
      marbles(({ cold, expectMessages, expectTokens }) => {
        const boss = miniagent('boss', (ctx) => {
          ctx.replyOutOfOrder(Message.stream(cold('--a|')));
          ctx.reply(Message.stream(cold('  b----|')));
        });
        const replies = boss.inquire();
        expectMessages(replies).toBe('(ba|)');
        expectTokens(replies).toBe('b----(a|)');
      });
    });
  });
});
