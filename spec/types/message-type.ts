// Checked by `npm run typecheck`: what must compile, and what must not.
import { expectTypeOf } from 'expect-type';
import { List, OrderedSet, Set as ImmutableSet } from 'immutable';
import { defineMessage, Message, MessageSequence } from 'miniagents';
import type { MessagePromise, MessageType, MiniAgent } from 'miniagents';
import { of, Subject } from 'rxjs';
import type { Observable } from 'rxjs';

declare const agent: MiniAgent;
declare const promised: MessagePromise;
declare const sequence: MessageSequence;

// What may be sent.
const accepted: MessageType[] = [
  'text',
  new Message({ text: 'a' }),
  new (defineMessage('Rating', { stars: 0 }))(),
  { text: 'a', role: 'user' },
  {},
  new Error('boom'),
  null,
  undefined,
  promised,
  sequence,
  agent.inquire('a'),
  agent('a'),
  Promise.resolve('a'),
  Promise.resolve([Promise.resolve('a')]),
  of('a', new Message()),
  new Subject<string>(),
  new Subject<MessagePromise>(),
  (async function* () {
    yield 'a';
    yield [sequence];
  })(),
  (function* () {
    yield 'a';
  })(),
  new ReadableStream<string>(),
  ['a', ['b', [new Message()]]],
  List(['a', 'b']),
  ImmutableSet([new Message()]),
  OrderedSet(['a']),
  new Set(['a']),
];
for (const messages of accepted) {
  agent.inquire(messages);
  MessageSequence.from(messages);
}
expectTypeOf<Observable<MessagePromise>>().toExtend<MessageType>();
expectTypeOf<readonly string[]>().toExtend<MessageType>();
expectTypeOf<void>().toExtend<MessageType>();

// What may not.
// @ts-expect-error: a number is no message
agent.inquire(42);
// @ts-expect-error: neither is a boolean
agent.inquire(true);
// @ts-expect-error: a bigint
agent.inquire(10n);
// @ts-expect-error: a symbol
agent.inquire(Symbol('a'));
// @ts-expect-error: a function
agent.inquire(() => 'a');
// @ts-expect-error: fields that no message has
agent.inquire({ content: 'a' });
// @ts-expect-error: a field of another type
agent.inquire({ text: 42 });
// @ts-expect-error: a Date
agent.inquire(new Date());

// What may be sent stays that when it is awaited: generators and async functions can be typed with it.
export async function* generator(ctx: { readonly messages: MessageType }): AsyncGenerator<MessageType, MessageType> {
  yield ['said', ctx.messages];
  yield ctx.messages;
  return null;
}
expectTypeOf<Promise<unknown>>().not.toExtend<MessageType>();
