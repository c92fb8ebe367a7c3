import { expect } from 'chai';
import { is } from 'immutable';
import { CancelledError, ErrorMessage, Message, miniagent, MiniAgents } from 'miniagents';
import type { MessageSequence } from 'miniagents';
import { concat, lastValueFrom, NEVER, of, Subject, switchMap, throwError, toArray } from 'rxjs';
import { forEachStart, marbles, pass, rejection, texts, turn } from './support.js';

const boom = new RangeError('boom');
const faulty = miniagent('faulty', (ctx) => {
  ctx.reply('before');
  throw boom;
});
const brokenAfter = (...tokens: string[]) =>
  Message.stream(
    concat(
      of(...tokens),
      throwError(() => boom),
    ),
    { role: 'assistant', name: 'teller', data: { n: 1 } },
  );

describe('law 5: errorsAsMessages puts the error there as a message and goes on', () => {
  forEachStart((here, startSoon) => {
    const expected = ['first', 'before', 'RangeError: boom', 'last'];
    const around = miniagent('around', (ctx) => ['first', ctx.inquire(faulty), 'last']);

    describe('it can be had', () => {
      it('for a call', async () => {
        expect(await texts(around.inquire(null, { errorsAsMessages: true }))).to.deep.equal(expected);
      });

      it('for a fork', async () => {
        expect(await texts(around.fork({ errorsAsMessages: true }).inquire())).to.deep.equal(expected);
      });

      it('for a MiniAgents', async () => {
        const miniAgents = new MiniAgents({ errorsAsMessages: true, startSoon });
        expect(await miniAgents.run(() => texts(around.inquire()))).to.deep.equal(expected);
      });

      it('as a view of a sequence, beside the sequence', async () => {
        const replies = around.inquire();
        expect(await texts(replies.errorsAsMessages())).to.deep.equal(expected);
        expect(await rejection(replies.resolve())).to.equal(boom);
      });

      it('for agent(x) of a MiniAgents that has it', async () => {
        const miniAgents = new MiniAgents({ errorsAsMessages: true });
        const tokens = await miniAgents.run(async () => {
          const messages = await lastValueFrom(around('x').pipe(toArray()));
          return Promise.all(messages.map(async (message) => (await message.resolve()).text));
        });
        expect(tokens).to.deep.equal(expected);
      });
    });

    describe('what is nearer wins (B54)', () => {
      it('a call that wants errors, in a MiniAgents that does not', async () => {
        const miniAgents = new MiniAgents({ errorsAsMessages: true, startSoon });
        const call = () => faulty.inquire(null, { errorsAsMessages: false }).resolve();
        expect(await rejection(miniAgents.run(call))).to.equal(boom);
      });

      it('the outer call has them as messages, the inner one does not', async () => {
        const outer = miniagent('outer', (ctx) => ['o', ctx.inquire(faulty, null, { errorsAsMessages: false }), 'p']);
        const replies = outer.inquire(null, { errorsAsMessages: true });
        expect(await texts(replies)).to.deep.equal(['o', 'before', 'RangeError: boom', 'p']);
      });

      it('the inner call has them as messages, the outer one gets messages', async () => {
        const outer = miniagent('outer', (ctx) => ['o', ctx.inquire(faulty, null, { errorsAsMessages: true }), 'p']);
        expect(await texts(outer.inquire())).to.deep.equal(['o', 'before', 'RangeError: boom', 'p']);
      });

      it('what an agent is asked has errors as errors, whatever the settings (B49)', async () => {
        const caught: unknown[] = [];
        const agent = miniagent('agent', async (ctx) => {
          caught.push(await rejection(ctx.messages.resolve()));
          return ctx.messages.errorsAsMessages();
        });
        const miniAgents = new MiniAgents({ errorsAsMessages: true, startSoon });
        const got = await miniAgents.run(() => texts(agent.inquire(['ok', boom, 'after'])));
        expect(caught).to.deep.equal([boom]);
        expect(got).to.deep.equal(['ok', 'RangeError: boom', 'after']);
      });

      it('but an error that became a message in a reply is one in a question (B50)', async () => {
        const miniAgents = new MiniAgents({ errorsAsMessages: true, startSoon });
        const whole = await miniAgents.run(() => pass.inquire(faulty.inquire()));
        expect(whole.map(String).toArray()).to.deep.equal(['before', 'RangeError: boom']);
        expect(whole.get(1)).to.be.instanceOf(ErrorMessage);
      });

      it('an agent that awaits a call with errors fails with it, and its own reply has the message (B55)', async () => {
        const agent = miniagent('agent', async (ctx) => {
          await ctx.inquire(faulty, null, { errorsAsMessages: false }).resolve();
          ctx.reply('never');
        });
        expect(await texts(agent.inquire(null, { errorsAsMessages: true }))).to.deep.equal(['RangeError: boom']);
      });
    });

    describe('an error in the middle of a message', () => {
      it('is the last line of its text, in the frame of the error (B52, B53)', () => {
        const values = { a: 'a', b: 'b', x: '\nRangeError: boom', c: 'c' };
        marbles(({ cold, expectObservable }) => {
          const broken = Message.stream(cold('-a-b-#', values, boom));
          const view = pass.inquire([broken, 'c']).errorsAsMessages();
          const tokens = '                    -a-b-(xc|)';
          expectObservable(view.tokens$).toBe(tokens, values);
        });
      });

      it('keeps what was known of the message', async () => {
        const view = pass.inquire(brokenAfter('one ', 'two')).errorsAsMessages();
        const message = (await view.resolve()).first();
        expect(message?.text).to.equal('one two\nRangeError: boom');
        expect(message).to.be.instanceOf(ErrorMessage);
        expect(message).to.include({ role: 'assistant', name: 'teller' });
        expect(message?.data).to.deep.equal({ n: 1 });
        const [promise] = await lastValueFrom(view.pipe(toArray()));
        expect(promise?.draft).to.include({ role: 'assistant', name: 'teller', text: '' });
        expect(promise?.draft).not.to.be.instanceOf(ErrorMessage);
      });

      it('is its only line where no token came before it (B52)', async () => {
        expect(await texts(pass.inquire(brokenAfter()).errorsAsMessages())).to.deep.equal(['RangeError: boom']);
      });

      it('is the same text by tokens, snapshots, iteration and as a whole (B84)', async () => {
        const text = 'one two\nRangeError: boom';
        const view = pass.inquire(brokenAfter('one ', 'two')).errorsAsMessages();
        expect(await view.text()).to.equal(text);
        expect((await lastValueFrom(view.tokens$.pipe(toArray()))).join('')).to.equal(text);
        expect((await lastValueFrom(view.snapshots$)).join()).to.equal(text);
        let joined = '';
        for await (const message of view) for await (const token of message) joined += token;
        expect(joined).to.equal(text);
      });
    });

    describe('a view is', () => {
      it('always the same, of the same objects, and no message is made twice (B59)', async () => {
        const replies = miniagent('agent', () => ['a', faulty.inquire(), brokenAfter('b'), boom]).inquire();
        const view = replies.errorsAsMessages();
        expect(replies.errorsAsMessages() === view).to.be.true;
        const read = (sequence: MessageSequence) => lastValueFrom(sequence.pipe(toArray()));
        const promises = await read(view);
        const others = [...(await read(view)), ...(await read(pass.inquire(replies).errorsAsMessages()))];
        expect(promises).to.have.length(5);
        expect(others.every((promise, index) => promise === promises[index % 5])).to.be.true;
        const whole = await view.resolve();
        expect(is(whole, await pass.inquire(view).resolve())).to.be.true;
        expect((await promises[2]?.resolve()) === whole.get(2)).to.be.true;
      });

      it('of itself: the same texts', async () => {
        const view = faulty.inquire().errorsAsMessages();
        expect(await texts(view.errorsAsMessages())).to.deep.equal(['before', 'RangeError: boom']);
      });

      it('of what has no error: the same messages', async () => {
        const replies = pass.inquire(['a', 'b']);
        expect(is(await replies.errorsAsMessages().resolve(), await replies.resolve())).to.be.true;
      });

      it('in time: every error at its place, as it comes', () => {
        const values = { a: 'a', b: 'b', c: 'c', x: 'RangeError: boom' };
        marbles(({ cold, expectObservable }) => {
          const agent = miniagent('agent', (ctx) => {
            ctx.reply(cold('                  -a#', values, boom));
            ctx.reply(cold('                  -----b|', values));
            ctx.replyOutOfOrder(cold('        ---c#', values, boom));
            throw boom;
          });
          const expected = '                  -axcxb(x|)';
          expectObservable(agent.inquire().errorsAsMessages().tokens$).toBe(expected, values);
          expectObservable(agent.inquire(null, { errorsAsMessages: true }).tokens$).toBe(expected, values);
        });
      });
    });

    describe('the message says', () => {
      class QuotaError extends Error {}
      class NamedError extends Error {
        override readonly name = 'Named';
      }
      const cases: [unknown, string][] = [
        [new Error('plain'), 'Error: plain'],
        [new TypeError('typed'), 'TypeError: typed'],
        [new QuotaError('out of it'), 'QuotaError: out of it'],
        [new NamedError('by its name'), 'Named: by its name'],
        [new DOMException('gone', 'AbortError'), 'AbortError: gone'],
        [new Error('two\nlines'), 'Error: two\nlines'],
      ];
      for (const [error, text] of cases) {
        it(`${JSON.stringify(text)} (B51)`, async () => {
          const whole = await pass
            .inquire(error as Error)
            .errorsAsMessages()
            .resolve();
          expect(whole.map(String).toArray()).to.deep.equal([text]);
          expect(whole.first()).to.be.instanceOf(ErrorMessage).and.instanceOf(Message);
          expect(is(Message.fromJSON(whole.first()?.toJSON() ?? {}), whole.first())).to.be.true;
        });
      }

      for (const thrown of ['text', 42, null, undefined]) {
        it(`something of a thrown ${String(thrown)} that is no Error`, async () => {
          const agent = miniagent('agent', () => {
            throw thrown;
          });
          const whole = await agent.inquire().errorsAsMessages().resolve();
          expect(whole.size).to.equal(1);
          expect(whole.join()).to.include(String(thrown));
          expect(whole.first()).to.be.instanceOf(ErrorMessage);
        });
      }
    });

    it('an error that became a message is consumed, also when nobody reads it (B56)', async () => {
      faulty.inquire(null, { errorsAsMessages: true, startSoon: true });
      await pass
        .inquire([faulty.inquire(), brokenAfter('b')])
        .errorsAsMessages()
        .resolve();
      await here.end();
      expect(here.takeReported()).to.deep.equal([]);
    });

    it('goes on after a message whose subscriber has left: an old question that gave way to a new one', async () => {
      const tokens = new Subject<string>();
      const slow = miniagent('slow', () => Message.stream(tokens));
      const chat = miniagent('chat', (ctx) => ctx.messages.pipe(switchMap((question) => slow(question))));
      const questions = new Subject<string>();
      const replies = chat.inquire(questions, { errorsAsMessages: true });
      const [said, whole] = [lastValueFrom(replies.tokens$.pipe(toArray())), replies.text()];
      questions.next('one');
      await turn();
      tokens.next('half');
      questions.next('two');
      await turn();
      tokens.next('whole');
      tokens.complete();
      questions.complete();
      expect(await said).to.deep.equal(['half', 'whole']);
      expect(await whole).to.match(/^half\nCancelledError: .*\n\nwhole$/);
    });

    it('the cancellation of the inquiry itself is none: it is thrown at the reader (B58)', async () => {
      const replies = miniagent('agent', () => NEVER).inquire(null, { errorsAsMessages: true });
      const resolved = replies.resolve();
      replies.cancel();
      expect(await rejection(resolved)).to.be.instanceOf(CancelledError);
    });
  });
});
