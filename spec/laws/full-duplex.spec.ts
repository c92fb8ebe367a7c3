import { expect } from 'chai';
import { Message, miniagent } from 'miniagents';
import type { MessageType } from 'miniagents';
import { concatMap, map, mergeMap, Subject } from 'rxjs';
import { forEachStart, marbles, texts, turn } from './support.js';

const echo = miniagent('echo', (ctx) =>
  ctx.messages.pipe(
    concatMap((message) => message.whole$),
    map(({ text }) => `you said: ${text}`),
  ),
);

describe('full duplex: no call object is needed, send a Subject', () => {
  forEachStart((_here, startSoon) => {
    it('each message is answered while the call stays open (B94)', () => {
      const values = { a: 'hello', b: 'world', x: 'you said: hello', y: 'you said: world' };
      marbles(({ hot, expectObservable, expectSubscriptions }) => {
        const input = hot('          -a---b---|', values);
        const replies = echo.inquire(input);
        expectObservable(replies.tokens$).toBe('-x---y---|', values);
        expectSubscriptions(input.subscriptions).toBe('^--------!');
      });
    });

    it('what is sent before the agent has started is kept', async () => {
      const input = new Subject<string>();
      const replies = echo.inquire(input, { startSoon: true });
      input.next('early');
      await turn();
      input.next('late');
      input.complete();
      expect(await texts(replies)).to.deep.equal(['you said: early', 'you said: late']);
    });

    it('reading the next answer, then asking on (B94)', async () => {
      const input = new Subject<string>();
      const answers = echo.inquire(input)[Symbol.asyncIterator]();
      for (const said of ['hello', 'world']) {
        const answer = answers.next();
        await turn();
        input.next(said);
        expect(String(await (await answer).value?.resolve())).to.equal(`you said: ${said}`);
      }
      input.complete();
      expect((await answers.next()).done).to.be.true;
    });

    it('lists, streams and sequences go in like everything else (B93)', async () => {
      const input = new Subject<MessageType>();
      const replies = echo.inquire(input, { startSoon: true });
      await turn();
      input.next(['1', ['2', new Set(['3'])]]);
      input.next(Message.stream(['4', '5']));
      input.complete();
      const expected = ['1', '2', '3', '45'].map((text) => `you said: ${text}`);
      expect(await texts(replies)).to.deep.equal(expected);
    });

    it('the whole does not come before the input has ended (B95)', async () => {
      const input = new Subject<string>();
      const replies = echo.inquire(input, { startSoon: true });
      let whole = false;
      replies.whole$.subscribe(() => (whole = true));
      input.next('hello');
      await turn();
      await turn();
      expect(whole).to.be.false;
      input.complete();
      await turn();
      expect(whole).to.be.true;
    });

    it('the agent may answer by asking: it writes while it is read', async () => {
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
      await turn();
      input.next('1');
      expect((await texts(replies)).sort()).to.deep.equal(['1', '2', '3', '4', '5']);
    });

    it('two agents talk to each other', async () => {
      const input = new Subject<MessageType>();
      const adds = miniagent('adds', (ctx) =>
        ctx.messages.pipe(
          concatMap((message) => message.whole$),
          map(({ text }) => `${text}.`),
        ),
      );
      const replies = adds.inquire(adds.inquire(input), { startSoon: true });
      const seen: string[] = [];
      replies.tokens$.subscribe((text) => {
        seen.push(text);
        if (text.length < 6) input.next(text);
        else input.complete();
      });
      await turn();
      input.next('!');
      await replies.resolve();
      expect(seen).to.deep.equal(['!..', '!....', '!......']);
    });

    it('an input that fails fails where it is read', async () => {
      const input = new Subject<string>();
      const replies = echo.inquire(input, { startSoon: true });
      await turn();
      input.next('hello');
      input.error(new Error('hung up'));
      expect(await texts(replies.errorsAsMessages())).to.deep.equal(['you said: hello', 'Error: hung up']);
    });

    it(startSoon ? 'it is listened to at once' : 'it is listened to when somebody reads the replies', () => {
      const input = new Subject<string>();
      const replies = echo.inquire(input);
      expect(input.observed).to.equal(startSoon);
      const subscription = replies.subscribe();
      expect(input.observed).to.be.true;
      subscription.unsubscribe();
      expect(input.observed).to.be.true;
    });
  });
});
