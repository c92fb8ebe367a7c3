import { expect } from 'chai';
import { Map as ImmutableMap, Record, Seq } from 'immutable';
import {
  InvalidMessageError,
  Message,
  MessageSequence,
  miniagent,
  MiniAgentsError,
  NotAMessageError,
} from 'miniagents';
import type { InteractionContext, MessageType } from 'miniagents';
import { from, lastValueFrom, of, Subject } from 'rxjs';
import { inside, pass, rejection, texts, turn } from '../laws/support.js';

class Wallet {
  readonly coins = 3;
}

/** What is no message, and how an error names it. */
const junk: [unknown, RegExp][] = [
  [42, /42.*number/],
  [NaN, /NaN.*number/],
  [0, /0.*number/],
  [true, /true.*boolean/],
  [false, /false.*boolean/],
  [10n, /10.*bigint/],
  [Symbol('sign'), /sign.*symbol/],
  [() => 1, /function/],
  [function named() {}, /named.*function/],
  [class Named {}, /Named.*function/],
  [pass, /pass.*function/],
  [new Wallet(), /Wallet/],
  [new Date(0), /Date/],
  [/expression/, /expression.*RegExp/],
  [new Map([['a', 'b']]), /Map/],
  [new WeakMap(), /WeakMap/],
  [new Uint8Array([1]), /1.*number/],
  [new ArrayBuffer(1), /ArrayBuffer/],
  [ImmutableMap({ a: 'b' }), /Map/],
  [Record({ a: 'b' })(), /Record/],
  [Seq({ a: 'b' }), /Seq/],
  [new AbortController(), /AbortController/],
  [Object.create(new Wallet()), /Wallet/],
  [Object.create({ inherited: 1 }), /Object/],
];

const isAboutJunk = (error: unknown, name: RegExp) => {
  expect(error).to.be.instanceOf(NotAMessageError).and.instanceOf(TypeError).and.instanceOf(MiniAgentsError);
  expect(error)
    .to.have.property('message')
    .that.matches(/message/)
    .and.matches(name);
};

describe('bad input: junk where messages are expected', () => {
  const here = inside();

  for (const [value, name] of junk) {
    const item = value as MessageType;

    describe(`${Object.prototype.toString.call(value)} ${name}`, () => {
      it('asked: thrown by the call, which starts nothing', async () => {
        let runs = 0;
        const input = new Subject<string>();
        const agent = miniagent('agent', () => void runs++);
        for (const asked of [item, ['ok', item], ['ok', [[item]]], [input, item]]) {
          expect(() => agent.inquire(asked)).to.throw(NotAMessageError, name);
          expect(() => MessageSequence.from(asked)).to.throw(NotAMessageError, name);
        }
        await turn();
        expect(runs).to.equal(0);
        expect(input.observed).to.be.false;
        const subscribed = () => lastValueFrom(agent(['ok', item]), { defaultValue: null });
        isAboutJunk(await rejection(Promise.resolve().then(subscribed)), name);
      });

      it('replied: thrown by reply, and nothing of it is sent', async () => {
        const caught: unknown[] = [];
        const agent = miniagent('agent', (ctx) => {
          for (const send of [() => ctx.reply(['lost', [item]]), () => ctx.replyOutOfOrder(item)]) {
            try {
              send();
            } catch (error) {
              caught.push(error);
            }
          }
          ctx.reply('after');
        });
        expect(await texts(agent.inquire())).to.deep.equal(['after']);
        expect(caught).to.have.length(2);
        for (const error of caught) isAboutJunk(error, name);
      });

      it('returned, yielded or promised: the error of the agent, after what it said before', async () => {
        const agents = [
          miniagent('returns', (ctx) => (ctx.reply('before'), item as string)),
          miniagent('async', async (ctx) => (ctx.reply('before'), item as string)),
          miniagent('yields', function* () {
            yield 'before';
            yield item;
          }),
          miniagent('yields async', async function* () {
            yield 'before';
            yield item;
          }),
          miniagent('emits', () => from(['before', item])),
        ];
        for (const agent of agents) {
          const replies = agent.inquire();
          const view = await texts(replies.errorsAsMessages());
          expect(view).to.have.length(2);
          expect(view[0]).to.equal('before');
          expect(view[1]).to.match(name);
          isAboutJunk(await rejection(replies.resolve()), name);
        }
      });

      it('in a promise, an Observable or a generator that is sent: an error at its place', async () => {
        const generate = function* () {
          yield item;
        };
        const unknownItem: unknown = item;
        const sent = [Promise.resolve(unknownItem), of(unknownItem), from([[unknownItem]])] as MessageType[];
        const async = async function* () {
          yield* generate();
        };
        for (const source of [...sent, async()]) {
          const view = await texts(pass.inquire(['before', source, 'after']).errorsAsMessages());
          expect(view).to.have.length(3);
          expect([view[0], view[2]]).to.deep.equal(['before', 'after']);
          expect(view[1])
            .to.match(/^NotAMessageError: /)
            .and.match(name);
        }
      });
    });
  }

  it('what has fields that no message has is told which', () => {
    for (const fields of [{ txet: 'x' }, { text: 'x', extra: 1 }, { role: 'user', content: 'x' }] as object[])
      expect(() => pass.inquire(fields as MessageType)).to.throw(InvalidMessageError, /txet|extra|content/);
    expect(() => pass.inquire({ text: 5 } as never)).to.throw(InvalidMessageError, /text.*5/);
    expect(() => pass.inquire([{ data: { wrong: () => 1 } }])).to.throw(InvalidMessageError, /data\.wrong.*function/);
  });

  it('nothing, and things that hold nothing, are nothing', async () => {
    const nothing = [
      null,
      undefined,
      [],
      [null, [undefined]],
      new Set<string>(),
      of(),
      Promise.resolve(null),
      of(null),
    ];
    expect(await texts(pass.inquire(nothing))).to.deep.equal([]);
    expect(await texts(miniagent('agent', () => nothing).inquire())).to.deep.equal([]);
    expect(await texts(pass.inquire())).to.deep.equal([]);
    expect(await texts(pass.inquire(['', {}]))).to.deep.equal(['', '']);
  });

  it('an object without a prototype is fields, a frozen one too', async () => {
    const bare = Object.assign(Object.create(null) as object, { text: 'bare' });
    expect(await texts(pass.inquire([bare, Object.freeze({ text: 'frozen' })]))).to.deep.equal(['bare', 'frozen']);
  });

  it('strings are taken as they are, whatever is in them', async () => {
    const odd = ['', '\0', '\u2028', '\ud83d\ude00', ' '.repeat(10), '\r\n', '<b>', '${x}', '\ufeff'];
    expect(await texts(pass.inquire(odd))).to.deep.equal(odd);
    expect(here.reported).to.deep.equal([]);
  });

  describe('a sequence in itself, which would never end, is an error', () => {
    const itself = /expected another sequence than the one it is sent into; got/;

    it('that the agent is thrown which replies with its own replies', async () => {
      const ask = (send: (ctx: InteractionContext, own: MessageSequence) => MessageType) => {
        const own: MessageSequence = miniagent('own', (ctx) => {
          ctx.reply('before');
          return send(ctx, own);
        }).inquire();
        return texts(own.errorsAsMessages());
      };
      for (const send of [
        (ctx: InteractionContext, own: MessageSequence) => ctx.reply(own),
        (ctx: InteractionContext, own: MessageSequence) => ctx.replyOutOfOrder(['with', own]),
        (_ctx: InteractionContext, own: MessageSequence) => own,
        (_ctx: InteractionContext, own: MessageSequence) => Promise.resolve([own]),
      ]) {
        const [before, error, ...more] = await ask(send);
        expect([before, more]).to.deep.equal(['before', []]);
        expect(error)
          .to.match(/^InvalidArgumentError: /)
          .and.match(itself);
      }
    });

    it('at its place, where a source sends it', async () => {
      const source = new Subject<MessageType>();
      const sequence = MessageSequence.from(source);
      const seen = texts(sequence.errorsAsMessages());
      for (const sent of ['before', sequence, 'after']) source.next(sent);
      source.complete();
      const [before, error, after, ...more] = await seen;
      expect([before, after, more]).to.deep.equal(['before', 'after', []]);
      expect(error).to.match(itself);
    });
  });

  describe('half of a surrogate pair, which no message can hold, is an error that says so and hangs nothing', () => {
    const half = 'half \ud83d';

    it('in a string', async () => {
      const ask = async () => pass.inquire(['ok', half]).resolve();
      expect(await rejection(ask()))
        .to.be.instanceOf(InvalidMessageError)
        .with.property('message')
        .that.matches(/surrogate/);
    });

    it('in a string, with errors as messages', async () => {
      const ask = async () => texts(pass.inquire(['ok', half]).errorsAsMessages());
      const outcome = await ask().catch(String);
      expect(String(outcome)).to.match(/surrogate/);
    });

    it('in tokens', async () => {
      const replies = pass.inquire(['ok', Message.stream(of('half ', '\ud83d'))]);
      expect(await rejection(replies.resolve())).to.be.instanceOf(InvalidMessageError);
      const [first, second] = await texts(replies.errorsAsMessages());
      expect(first).to.equal('ok');
      expect(second).to.match(/^half .*\n?InvalidMessageError: .*surrogate/s);
    });

    it('in tokens that come in two halves: no error', async () => {
      expect(await texts(pass.inquire(Message.stream(of('\ud83d', '\ude00'))))).to.deep.equal(['\u{1f600}']);
    });
  });
});
