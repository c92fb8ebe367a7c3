// Checked by `npm run typecheck`: what must compile, and what must not.
import { expectTypeOf } from 'expect-type';
import { miniagent } from 'miniagents';
import type { InteractionContext, MessagePromise, MessageSequence, MessageType, MiniAgent } from 'miniagents';
import { concatAll, concatMap, exhaustMap, map, mergeMap, of, Subject, switchMap } from 'rxjs';
import type { Observable, OperatorFunction } from 'rxjs';

// The parameters of an agent are those of its function.
const reader = miniagent('reader', (ctx, params: { path: string; depth?: number }) => {
  expectTypeOf(ctx).toEqualTypeOf<InteractionContext>();
  expectTypeOf(params.depth).toEqualTypeOf<number | undefined>();
  return ctx.messages;
});
expectTypeOf(reader).toEqualTypeOf<MiniAgent<{ path: string; depth?: number }>>();
expectTypeOf(reader.inquire('a', { path: '/', depth: 3 })).toEqualTypeOf<MessageSequence>();
reader.inquire();
reader.inquire('a', { depth: 3 });
reader.inquire('a', { path: '/', signal: new AbortController().signal, startSoon: false, errorsAsMessages: true });
// @ts-expect-error: depth is a number
reader.inquire('a', { depth: 'three' });
// @ts-expect-error: no such parameter
reader.inquire('a', { dept: 3 });
// @ts-expect-error: an option of another type
reader.inquire('a', { startSoon: 'yes' });
// @ts-expect-error: parameters are an object
reader.inquire('a', 3);

// So are those of a fork, and those that are preset.
expectTypeOf(reader.fork({ depth: 3 })).toEqualTypeOf<typeof reader>();
reader.fork({ depth: 3 }, { name: 'deep', description: 'Reads deeply.' });
// @ts-expect-error: depth is a number
reader.fork({ depth: 'three' });
// @ts-expect-error: names are text
reader.fork({}, { name: 3 });
miniagent('preset', (_ctx, _params: { depth: number }) => 'a', { params: { depth: 3 }, description: 'd' });
// @ts-expect-error: depth is a number
miniagent('preset', (_ctx, _params: { depth: number }) => 'a', { params: { depth: 'three' } });

// An agent that says nothing of its parameters takes any.
const open = miniagent('open', (_ctx, params) => String(params['anything']));
open.inquire('a', { anything: 'goes' });

// What an agent may be: a function of any kind, a generator, a class.
miniagent(function named() {});
miniagent('a', () => 'a');
miniagent('a', async () => ['a', { text: 'b' }]);
miniagent('a', (ctx) => ctx.reply('a'));
miniagent('a', async (ctx) => ctx.reply('a'));
miniagent('a', () => of('a'));
miniagent('a', function* () {
  yield 'a';
  return ['b'];
});
miniagent('a', async function* (ctx) {
  yield 'a';
  yield ctx.messages;
});
class Reader {
  constructor(
    readonly ctx: InteractionContext,
    readonly params: { path: string },
  ) {}
  run(): MessageType {
    return this.ctx.messages;
  }
}
expectTypeOf(miniagent(Reader)).toEqualTypeOf<MiniAgent<{ path: string }>>();
miniagent('reader', Reader).inquire('a', { path: '/' });
// @ts-expect-error: path is text
miniagent(Reader).inquire('a', { path: 3 });
// @ts-expect-error: a number is no message
miniagent('a', () => 42);
// @ts-expect-error: a class needs run()
miniagent('a', class {});
// @ts-expect-error: text is no agent
miniagent('a', 'b');
// @ts-expect-error: an agent needs a function
miniagent('a');

// What it is given.
miniagent('a', (ctx) => {
  expectTypeOf(ctx.messages).toEqualTypeOf<MessageSequence>();
  expectTypeOf(ctx.signal).toEqualTypeOf<AbortSignal>();
  expectTypeOf(ctx.reply('a')).toEqualTypeOf<void>();
  expectTypeOf(ctx.id).toEqualTypeOf<string>();
  expectTypeOf(ctx.parent).toEqualTypeOf<string | undefined>();
  expectTypeOf(ctx.inquire(reader, 'a', { path: '/' })).toEqualTypeOf<MessageSequence>();
  ctx.waitFor(Promise.resolve(42));
  ctx.waitFor(reader.inquire('a'));
  // @ts-expect-error: a number is no message
  ctx.reply(42);
  // @ts-expect-error: neither out of order
  ctx.replyOutOfOrder(() => 'a');
  // @ts-expect-error: nothing to wait for
  ctx.waitFor(42);
  // @ts-expect-error: a function is no agent
  ctx.inquire(() => 'a');
  // @ts-expect-error: path is text
  ctx.inquire(reader, 'a', { path: 3 });
});

// An agent is a function from messages to messages: an operator, and a projector.
const question$ = new Subject<string>();
expectTypeOf(reader('a')).toEqualTypeOf<Observable<MessagePromise>>();
expectTypeOf(question$.pipe(reader)).toEqualTypeOf<Observable<MessagePromise>>();
expectTypeOf(question$.pipe(reader, reader, concatAll())).toEqualTypeOf<Observable<string>>();
expectTypeOf(question$.pipe(switchMap(reader))).toEqualTypeOf<Observable<MessagePromise>>();
question$.pipe(
  mergeMap(reader, 2),
  concatMap((message) => message.whole$),
  map((message) => message.text),
);
question$.pipe(exhaustMap(reader));
const operator: OperatorFunction<string, MessagePromise> = reader;
expectTypeOf(operator).toBeFunction();
// @ts-expect-error: numbers are no messages
of(42).pipe(mergeMap(reader));
