import { expect } from 'chai';
import * as fc from 'fast-check';
import { CancelledError, Message, miniagent } from 'miniagents';
import type { InteractionContext, MessagePromise, MessageType } from 'miniagents';
import { concatMap, config, map, of, Subject, takeUntil } from 'rxjs';
import type { Observable } from 'rxjs';
import { cases, TIMEOUT } from './cases.js';
import { labelOf } from './grow.js';
import { errorLabel } from './tidy.js';
import { inVirtualTime } from './virtual-time.js';

/** What a reader does in the middle of a certain piece. */
interface Reaction<Doing> {
  readonly nth: number;
  readonly does: Doing;
}

const reactions = <Doing extends string>(...doings: Doing[]): fc.Arbitrary<Reaction<Doing>[][]> =>
  fc.array(
    fc.array(fc.record({ nth: fc.integer({ min: 1, max: 6 }), does: fc.constantFrom(...doings) }), { maxLength: 3 }),
    { minLength: 1, maxLength: 4 },
  );

/** What a reader saw, its end as the last, and whether he left after some pieces. */
interface Reader {
  readonly seen: string[];
  left: boolean;
}

/** Reads, and reacts to each piece while it is being given. */
function readAndReact<Piece, Doing>(
  source: Observable<Piece>,
  show: (piece: Piece) => string,
  of: readonly Reaction<Doing>[],
  react: (does: Doing, leave: () => void) => void,
): Reader {
  const reader: Reader = { seen: [], left: false };
  const leave$ = new Subject<void>();
  const leave = () => {
    reader.left = true;
    leave$.next();
  };
  const write = (what: string) => {
    expect(reader.left, 'nothing comes after somebody has left').to.equal(false);
    reader.seen.push(what);
  };
  source.pipe(takeUntil(leave$)).subscribe({
    next: (piece) => {
      write(show(piece));
      const nth = reader.seen.length;
      for (const reaction of of) if (reaction.nth === nth) react(reaction.does, leave);
    },
    error: (error) => write(errorLabel(error)),
    complete: () => reader.left || write('end'),
  });
  return reader;
}

/** Everybody who stays sees all of it; who leaves, a beginning of it. */
function expectSame(readers: readonly Reader[], all: readonly string[]): void {
  for (const { seen, left } of readers) expect(seen).to.deep.equal(left ? all.slice(0, seen.length) : all);
}

describe('property: readers who write, cancel, join and leave in the middle of a piece', function () {
  this.timeout(TIMEOUT);

  it('tokens: everybody sees what was written, once and in the order in which it was', () => {
    fc.assert(
      fc.property(
        reactions('push', 'pushTwo', 'complete', 'fail', 'cancel', 'join', 'leave'),
        fc.nat({ max: 4 }),
        (each, count) => {
          const source = new Subject<string>();
          const message = Message.stream(source);
          const written: string[] = [];
          const readers: Reader[] = [];
          let end: string | undefined;
          const push = () => {
            if (end === undefined) written.push(`${written.length}`);
            source.next(String(written.length - 1));
          };
          const finish = (how: string, doing: () => void) => {
            end ??= how;
            doing();
          };
          const does = {
            push,
            pushTwo: () => (push(), push()),
            complete: () => finish('end', () => source.complete()),
            fail: () => finish('RangeError: boom', () => source.error(new RangeError('boom'))),
            cancel: () => finish('CancelledError', () => message.cancel()),
            join: () => join([]),
          };
          const join = (acts: readonly Reaction<keyof typeof does | 'leave'>[]) => {
            readers.push(
              readAndReact(
                message,
                (token) => token,
                acts,
                (doing, leave) => (doing === 'leave' ? leave() : does[doing]()),
              ),
            );
          };
          each.forEach(join);
          for (let index = 0; index < count; index++) push();
          does.complete();
          join([]);
          expectSame(readers, [...written, end as string]);
          expect(wholeOf(message)).to.equal(end === 'end' ? written.join('') : end);
        },
      ),
      cases(1500),
    );
  });

  it('replies: everybody sees what was replied, in the order in which it was sent', () => {
    const doings = [
      'reply',
      'replyMany',
      'replySource',
      'replyStream',
      'replyInquiry',
      'finish',
      'join',
      'leave',
    ] as const;
    fc.assert(
      fc.property(reactions(...doings), fc.nat({ max: 3 }), fc.boolean(), (each, count, cold) => {
        const { readers, sent } = inVirtualTime((clock) =>
          replyInTurn(each, count, cold, (work) => clock.later(1, work)),
        );
        expectSame(readers, [...sent, 'end']);
      }),
      cases(800),
    );
  });

  it('full duplex: a reader of the replies who asks on sees every answer, in order, up to where he cancels', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 30 }),
        fc.integer({ min: 1, max: 3 }),
        fc.nat({ max: 40 }),
        fc.boolean(),
        (rounds, readersCount, cancelAt, nested) => {
          const { seen, asked } = inVirtualTime(() => converse(rounds, readersCount, cancelAt, nested));
          for (const each of seen) {
            const stopped = cancelAt > 0 && cancelAt <= asked.length;
            const answers = stopped ? asked.slice(0, cancelAt) : asked;
            expect(each.slice(0, -1)).to.deep.equal(
              answers.map((question) => `${question}!`).slice(0, each.length - 1),
            );
            expect(each.at(-1)).to.equal(stopped ? 'CancelledError' : 'end');
            if (!stopped) expect(each.length).to.equal(asked.length + 1);
          }
        },
      ),
      cases(300),
    );
  });

  it('a reader who throws is told of once, and disturbs nobody', () => {
    const before = config.onUnhandledError;
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (throwsAt, late) => {
          const thrown: unknown[] = [];
          const seen: string[] = [];
          const message = inVirtualTime(() => {
            config.onUnhandledError = (error) => thrown.push(error);
            const source = new Subject<string>();
            const stream = Message.stream(source);
            const read = () => throwsAt.forEach((nth) => throwAt(stream, nth));
            if (!late) read();
            stream.subscribe((token) => seen.push(token));
            ['a', 'b', 'c'].forEach((token) => source.next(token));
            if (late) read();
            source.complete();
            return stream;
          });
          config.onUnhandledError = before;
          expect(seen).to.deep.equal(['a', 'b', 'c']);
          expect(wholeOf(message)).to.equal('abc');
          // RxJS tells of an error in `next` and goes on with the same subscriber: three tokens, or as many as it throws at.
          expect(thrown.length).to.equal(throwsAt.filter((nth) => nth <= 3).length);
        },
      ),
      cases(200),
    );
  });
});

function throwAt(stream: MessagePromise, nth: number): void {
  let count = 0;
  stream.subscribe(() => {
    if (++count === nth) throw new RangeError('a reader of bad manners');
  });
}

/** What there is of a message when nothing happens any more. */
function wholeOf(message: MessagePromise): string {
  const seen: string[] = [];
  message.whole$.subscribe({ next: ({ text }) => seen.push(text), error: (error) => seen.push(errorLabel(error)) });
  expect(seen).to.have.length(1);
  return seen[0] as string;
}

type Doing = 'reply' | 'replyMany' | 'replySource' | 'replyStream' | 'replyInquiry' | 'finish' | 'join' | 'leave';

/** An agent whose readers make it reply. */
function replyInTurn(
  each: readonly Reaction<Doing>[][],
  count: number,
  cold: boolean,
  soon: (work: () => void) => void,
): { readers: Reader[]; sent: string[] } {
  const sent: string[] = [];
  const readers: Reader[] = [];
  const done = new Subject<never>();
  let context: InteractionContext | undefined;
  let closed = false;
  const agent = miniagent('agent', (ctx) => {
    context = ctx;
    return done;
  });
  const next = (): string => {
    sent.push(`m${sent.length}`);
    return sent.at(-1) as string;
  };
  const reply = (make: () => MessageType) => void (closed || context?.reply(make()));
  const child = miniagent('child', (ctx) =>
    ctx.messages.pipe(
      concatMap(({ whole$ }) => whole$),
      map(({ text }) => text),
    ),
  );
  const does = {
    reply: () => reply(next),
    replyMany: () => reply(() => [next(), [next()]]),
    replySource: () => reply(() => of(next(), next())),
    replyStream: () => reply(() => Message.stream(of('to', 'kens'), { name: next() })),
    replyInquiry: () => reply(() => context?.inquire(child, next())),
    finish: () => {
      closed = true;
      done.complete();
    },
    join: () => join([]),
  };
  const replies = cold ? agent('go') : agent.inquire('go');
  const join = (acts: readonly Reaction<Doing>[]) => {
    // A cold run is one for each subscriber: there is one.
    if (cold && readers.length > 0) return;
    readers.push(
      readAndReact(replies, labelOf, acts, (doing, leave) => (doing === 'leave' ? cold || leave() : does[doing]())),
    );
  };
  each.forEach(join);
  soon(() => {
    for (let index = 0; index < count; index++) does.reply();
    soon(does.finish);
  });
  return { readers, sent };
}

/** Somebody who asks the next question in the middle of an answer. */
function converse(
  rounds: number,
  count: number,
  cancelAt: number,
  nested: boolean,
): { seen: string[][]; asked: string[] } {
  const asked: string[] = [];
  const input = new Subject<string>();
  const answer = miniagent('answer', (ctx) =>
    ctx.messages.pipe(map((message) => Message.stream(message.pipe(map((token) => `${token}!`))))),
  );
  const pass = miniagent('pass', (ctx) => ctx.messages);
  const replies = nested ? pass.inquire(answer.inquire(pass.inquire(input))) : answer.inquire(input);
  const ask = () => {
    asked.push(`q${asked.length}`);
    input.next(asked.at(-1) as string);
  };
  const seen = Array.from({ length: count }, (_, index) => {
    const mine: string[] = [];
    replies.tokens$.subscribe({
      next: (token) => {
        mine.push(token);
        if (index > 0) return;
        if (mine.length === cancelAt) replies.cancel();
        else if (asked.length < rounds) ask();
        else input.complete();
      },
      error: (error) => mine.push(error instanceof CancelledError ? error.name : errorLabel(error)),
      complete: () => mine.push('end'),
    });
    return mine;
  });
  if (rounds > 0) ask();
  else input.complete();
  return { seen, asked };
}
