// Checked by `npm run typecheck`: what must compile, and what must not.
import { expectTypeOf } from 'expect-type';
import { defineMessage } from 'miniagents';
import type { DefinedMessage, Message, MessagePromise, MessageType } from 'miniagents';
import { of } from 'rxjs';

const Rating = defineMessage('Rating', { stars: 0, done: false, note: '', tags: [], about: null, text: 'good' });
const rating = new Rating({ text: 'fine', stars: 5, done: true, note: 'n', tags: ['a', 1], about: { any: 'thing' } });

// Each field is of the kind of its default: any text, any number, any list; anything, where that is null.
expectTypeOf(rating.stars).toEqualTypeOf<number>();
expectTypeOf(rating.done).toEqualTypeOf<boolean>();
expectTypeOf(rating.note).toEqualTypeOf<string>();
expectTypeOf(rating.tags).toEqualTypeOf<readonly unknown[]>();
expectTypeOf(rating.about).toEqualTypeOf<unknown>();
expectTypeOf(rating.text).toEqualTypeOf<string>();
expectTypeOf(rating.role).toEqualTypeOf<string | undefined>();

// A list can be said to be one of such things.
const Pair = defineMessage('Pair', { both: [] as readonly Message[], fixed: [1, 2] });
expectTypeOf(new Pair().both).toEqualTypeOf<readonly Message[]>();
expectTypeOf(new Pair().fixed).toEqualTypeOf<readonly unknown[]>();
// @ts-expect-error: both are messages
new Pair({ both: ['a'] });

// All of them may be left out; none may be wrong, and none is there that was not defined.
new Rating();
new Rating({ stars: 1 });
// @ts-expect-error: stars is a number
new Rating({ stars: 'five' });
// @ts-expect-error: tags is a list
new Rating({ tags: 'a' });
// @ts-expect-error: no such field
new Rating({ starz: 5 });
// @ts-expect-error: a message never changes
rating.stars = 4;
// @ts-expect-error: no such field
rating.starz;
// @ts-expect-error: fields are an object
defineMessage('Rating', 'stars');

// Its messages are Messages and may be sent; a Message is no Rating.
expectTypeOf(rating).toExtend<Message>();
expectTypeOf(rating).toExtend<MessageType>();
expectTypeOf(rating).toExtend<DefinedMessage<{ stars: number }>>();
declare const message: Message;
// @ts-expect-error: not every message is a Rating
const wrong: typeof rating = message;
export { wrong };
if (message instanceof Rating) expectTypeOf(message.stars).toEqualTypeOf<number>();

// What gives messages of a class gives them of this one.
expectTypeOf(rating.set('stars', 4).stars).toEqualTypeOf<number>();
expectTypeOf(Rating.fromJSON({ stars: 5 }).stars).toEqualTypeOf<number>();
expectTypeOf(Rating.stream(of('good'), { stars: 5 }, () => ({ done: true }))).toEqualTypeOf<MessagePromise>();
// @ts-expect-error: stars is a number
Rating.stream(of('good'), { stars: 'five' });
