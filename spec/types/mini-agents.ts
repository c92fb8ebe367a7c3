// Checked by `npm run typecheck`: what must compile, and what must not.
import { expectTypeOf } from 'expect-type';
import type { List } from 'immutable';
import {
  CancelledError,
  InvalidArgumentError,
  InvalidMessageError,
  LifecycleError,
  MiniAgents,
  NotAMessageError,
} from 'miniagents';
import type {
  Interaction,
  Message,
  MessagePromise,
  MessageSequence,
  MiniAgent,
  MiniAgentsError,
  MiniAgentsEvent,
} from 'miniagents';
import type { Observable, Subscription } from 'rxjs';

declare const agent: MiniAgent;
const miniAgents = new MiniAgents({
  startSoon: false,
  errorsAsMessages: true,
  onPersistMessages: async (messages) => void expectTypeOf(messages).toEqualTypeOf<readonly Message[]>(),
  onUnhandledError: (error, path) => {
    expectTypeOf(error).toEqualTypeOf<unknown>();
    expectTypeOf(path).toEqualTypeOf<string>();
  },
});
new MiniAgents();
// @ts-expect-error: an option of another type
new MiniAgents({ startSoon: 'yes' });
// @ts-expect-error: no such option
new MiniAgents({ eager: true });
// @ts-expect-error: settings are fixed
miniAgents.startSoon = true;

// A run gives the result: of a sequence its whole, of a message promise the message.
declare const promised: MessagePromise;
expectTypeOf(miniAgents.run(() => 42)).toEqualTypeOf<Promise<number>>();
expectTypeOf(miniAgents.run(async () => 'a')).toEqualTypeOf<Promise<string>>();
expectTypeOf(miniAgents.run(Promise.resolve(42))).toEqualTypeOf<Promise<number>>();
expectTypeOf(miniAgents.run(agent.inquire('a'))).toEqualTypeOf<Promise<List<Message>>>();
expectTypeOf(miniAgents.run(() => agent.inquire('a'))).toEqualTypeOf<Promise<List<Message>>>();
expectTypeOf(miniAgents.run(async () => agent.inquire('a'))).toEqualTypeOf<Promise<List<Message>>>();
expectTypeOf(miniAgents.run(() => promised)).toEqualTypeOf<Promise<Message>>();

// Its life.
expectTypeOf(miniAgents.activate()).toEqualTypeOf<MiniAgents>();
expectTypeOf(miniAgents.finalize()).toEqualTypeOf<Promise<void>>();
expectTypeOf(miniAgents.onPersistMessages(() => {})).toEqualTypeOf<Subscription>();
export async function scoped(): Promise<void> {
  await using active = new MiniAgents().activate();
  active.cancel('reason');
}
// @ts-expect-error: a handler is a function
miniAgents.onPersistMessages('log');

// An event is known by its type.
expectTypeOf(miniAgents.events$).toEqualTypeOf<Observable<MiniAgentsEvent>>();
miniAgents.events$.subscribe((event) => {
  expectTypeOf(event.interaction).toEqualTypeOf<Interaction>();
  if (event.type === 'replied' || event.type === 'received')
    expectTypeOf(event.message).toEqualTypeOf<MessagePromise>();
  if (event.type === 'resolved') expectTypeOf(event.message).toEqualTypeOf<Message>();
  if (event.type === 'failed') expectTypeOf(event.error).toEqualTypeOf<unknown>();
  // @ts-expect-error: there is no such type
  if (event.type === 'done') return;
  // @ts-expect-error: not every event has a message
  return event.message;
});

// A sequence and its messages are no promises: `await` leaves them as they are.
export async function awaited(): Promise<void> {
  const replies = agent.inquire('a');
  expectTypeOf<Awaited<typeof replies>>().toEqualTypeOf<MessageSequence>();
  expectTypeOf(await replies.resolve()).toEqualTypeOf<List<Message>>();
  expectTypeOf(await replies.resolveMessages()).toEqualTypeOf<List<Message>>();
  expectTypeOf(await replies.text()).toEqualTypeOf<string>();
  expectTypeOf(replies.tokens$).toEqualTypeOf<Observable<string>>();
  expectTypeOf(replies.snapshots$).toEqualTypeOf<Observable<List<Message>>>();
  expectTypeOf(replies.whole$).toEqualTypeOf<Observable<List<Message>>>();
  expectTypeOf(replies.errorsAsMessages()).toEqualTypeOf<MessageSequence>();
  for await (const message of replies) {
    expectTypeOf(message).toEqualTypeOf<MessagePromise>();
    expectTypeOf(await message.resolve()).toEqualTypeOf<Message>();
    expectTypeOf(message.draft).toEqualTypeOf<Message>();
    for await (const token of message) expectTypeOf(token).toEqualTypeOf<string>();
  }
}
// @ts-expect-error: it has no then
agent.inquire('a').then(() => {});

// Errors have their facts as fields.
export function caught(error: unknown): void {
  if (error instanceof CancelledError) {
    expectTypeOf(error).toExtend<MiniAgentsError>();
    expectTypeOf(error.name).toEqualTypeOf<'CancelledError'>();
    expectTypeOf(error.cause).toEqualTypeOf<unknown>();
  }
  if (error instanceof InvalidMessageError) expectTypeOf(error.path).toEqualTypeOf<string>();
  if (error instanceof InvalidArgumentError) expectTypeOf(error.value).toEqualTypeOf<unknown>();
  if (error instanceof NotAMessageError) expectTypeOf(error).toExtend<TypeError>();
  if (error instanceof LifecycleError) expectTypeOf(error.late).toEqualTypeOf<unknown>();
}
