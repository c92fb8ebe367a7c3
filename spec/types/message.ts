// Checked by `npm run typecheck`: what must compile, and what must not.
import { expectTypeOf } from 'expect-type';
import type { List } from 'immutable';
import { ErrorMessage, Message } from 'miniagents';
import type { MessageFields, MessageJSON, MessagePromise } from 'miniagents';
import { of, Subject } from 'rxjs';

const message = new Message({ text: 'Why?', role: 'user', name: 'Ann', data: { urgent: true } });

// Its fields are typed, and cannot be assigned.
expectTypeOf(message.text).toEqualTypeOf<string>();
expectTypeOf(message.role).toEqualTypeOf<string | undefined>();
expectTypeOf(message.name).toEqualTypeOf<string | undefined>();
expectTypeOf(message.data).toEqualTypeOf<Readonly<Record<string, unknown>>>();
expectTypeOf(message.hashKey).toEqualTypeOf<string>();
// @ts-expect-error: a message never changes
message.text = 'How?';
// @ts-expect-error: on no level
message.data['urgent'] = false;

// It is made of those fields and no others.
expectTypeOf(Message).toBeConstructibleWith({ text: 'a' } satisfies MessageFields);
new Message();
new Message({ role: undefined });
// @ts-expect-error: a further field goes into data
new Message({ model: 'm' });
// @ts-expect-error: text is text
new Message({ text: 42 });
// @ts-expect-error: no text alone
new Message('text');

// Changes give a message.
expectTypeOf(message.set('text', 'How?')).toEqualTypeOf<Message>();
expectTypeOf(message.merge({ text: 'How?' }, { role: 'user' })).toEqualTypeOf<Message>();
expectTypeOf(message.update('text', (text: string) => `${text}!`)).toEqualTypeOf<Message>();
expectTypeOf(message.setIn(['data', 'urgent'], false)).toEqualTypeOf<Message>();
expectTypeOf(message.get('text')).toEqualTypeOf<unknown>();
expectTypeOf([...message]).toEqualTypeOf<[string, unknown][]>();

// JSON, and back.
expectTypeOf(message.toJSON()).toEqualTypeOf<MessageJSON>();
expectTypeOf(Message.fromJSON(message.toJSON())).toEqualTypeOf<Message>();
expectTypeOf(message.subMessages()).toEqualTypeOf<IterableIterator<Message>>();

// A stream of tokens, with fields before and after; the text is theirs.
expectTypeOf(
  Message.stream(of('a'), { role: 'user' }, (text) => ({ data: { length: text.length } })),
).toEqualTypeOf<MessagePromise>();
Message.stream(new Subject<string>());
Message.stream(['a', 'b']);
Message.stream(Promise.resolve('a'));
Message.stream(
  (async function* () {
    yield 'a';
  })(),
);
// @ts-expect-error: tokens are text
Message.stream(of(42));
// @ts-expect-error: the text comes from the tokens
Message.stream(of('a'), { text: 'a' });
// @ts-expect-error: no such field
Message.stream(of('a'), { model: 'm' });
// @ts-expect-error: no such field at the end, either
Message.stream(of('a'), {}, () => ({ model: 'm' }));

// An error as a message knows its line.
declare const replies: List<Message>;
for (const reply of replies) {
  if (reply instanceof ErrorMessage) expectTypeOf(reply.error).toEqualTypeOf<string>();
}
