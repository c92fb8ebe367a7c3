import { expect } from 'chai';
import { List } from 'immutable';
import { Message, miniagent } from 'miniagents';
import type { MessageType } from 'miniagents';
import { asyncMarbles } from 'miniagents/testing';
import { concatMap, map, mergeMap, Subject, timer } from 'rxjs';
import { forEachStart, marbles } from './support.js';

const upper = miniagent('upper', (ctx) =>
  ctx.messages.pipe(
    concatMap((message) => message.whole$),
    map(({ text }) => text.toUpperCase()),
  ),
);

describe('full duplex: no call object is needed, send a Subject', () => {
  forEachStart((_here, startSoon) => {
    it('each message is answered while the call stays open (B94)', () => {
      marbles(({ hot, expectTokens, expectSubscriptions }) => {
        const input = hot('                            -a---b---|');
        expectTokens(upper.inquire(input)).toBe('      -A---B---|');
        expectSubscriptions(input.subscriptions).toBe('^--------!');
      });
    });

    it('what is sent before the agent has started is kept', () => {
      marbles(({ cold, expectTokens }) => {
        const input = new Subject<string>();
        const replies = upper.inquire(input, { startSoon: true });
        input.next('a');
        cold('                      --b|').subscribe(input);
        expectTokens(replies).toBe('A-B|');
      });
    });

    it('reading the next answer, then asking on (B94)', () =>
      asyncMarbles(({ expectTokens }) => {
        const reader = miniagent('reader', async function* (ctx) {
          const input = new Subject<string>();
          const answers = ctx.inquire(upper, input)[Symbol.asyncIterator]();
          for (const question of ['a', 'b']) {
            timer(2).subscribe(() => input.next(question));
            yield (await answers.next()).value;
          }
          input.complete();
          expect((await answers.next()).done).to.be.true;
        });
        expectTokens(reader.inquire()).toBe('--A-(B|)');
      }));

    it('lists, streams and sequences go in like everything else (B93)', () => {
      marbles(({ hot, expectTokens }) => {
        const sent = { a: ['x', ['y', new Set(['z'])]], b: Message.stream(['v', 'w']) };
        const input = hot<MessageType>('        -a----b|', sent);
        expectTokens(upper.inquire(input)).toBe('-(XYZ)W|', { W: 'VW' });
      });
    });

    it('the whole does not come before the input has ended (B95)', () => {
      marbles(({ hot, expectObservable }) => {
        const replies = upper.inquire(hot('    -a--|'));
        expectObservable(replies.whole$).toBe('----(w|)', { w: List([new Message({ text: 'A' })]) });
      });
    });

    it('the agent may answer by asking: it writes while it is read', () => {
      marbles(({ cold, expectTokens }) => {
        const input = new Subject<string>();
        const counts = miniagent('counts', (ctx) =>
          ctx.messages.pipe(
            mergeMap((message) => message.whole$),
            map(({ text }) => {
              if (Number(text) < 5) input.next(String(Number(text) + 1));
              else input.complete();
              return text;
            }),
          ),
        );
        const replies = counts.inquire(input, { startSoon: true });
        cold('                      -1').subscribe((text) => input.next(text));
        expectTokens(replies).toBe('-(12345|)');
      });
    });

    it('two agents talk to each other', () => {
      marbles(({ cold, expectTokens }) => {
        const input = new Subject<string>();
        const dot = miniagent('dot', (ctx) =>
          ctx.messages.pipe(
            concatMap((message) => message.whole$),
            map(({ text }) => `${text}.`),
          ),
        );
        const replies = dot.inquire(dot.inquire(input), { startSoon: true });
        replies.tokens$.subscribe((text) => (text.length < 6 ? input.next(text) : input.complete()));
        cold('                      -x').subscribe((text) => input.next(text));
        expectTokens(replies).toBe('-(abc|)', { a: 'x..', b: 'x....', c: 'x......' });
      });
    });

    it('an input that fails fails where it is read', () => {
      marbles(({ hot, expectTokens }) => {
        const error = new Error('hung up');
        const replies = upper.inquire(hot('            -a-#', {}, error));
        expectTokens(replies).toBe('                   -A-#', {}, error);
        expectTokens(replies.errorsAsMessages()).toBe('-A-(e|)', { e: 'Error: hung up' });
      });
    });

    it(startSoon ? 'it is listened to at once' : 'it is listened to when somebody reads the replies', () => {
      marbles(({ hot, expectTokens, expectSubscriptions }) => {
        const input = hot('-------|');
        const replies = upper.inquire(input);
        expect(input.subscriptions).to.have.length(startSoon ? 1 : 0);
        expectTokens(replies, '--^-!').toBe('-');
        expectSubscriptions(input.subscriptions).toBe(startSoon ? '^------!' : '--^----!');
      });
    });
  });
});
