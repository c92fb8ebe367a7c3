import { expect } from 'chai';
import {
  InvalidArgumentError,
  InvalidMessageError,
  defineMessage,
  Message,
  MessageSequence,
  miniagent,
} from 'miniagents';
import {
  catchError,
  concat,
  defer,
  EMPTY,
  from,
  lastValueFrom,
  merge,
  Observable,
  of,
  Subject,
  throwError,
  toArray,
} from 'rxjs';
import { marbles, pass, rejection, texts } from '../laws/support.js';

const failure = async (promise: Promise<unknown>) => String(await rejection(promise));

describe('parity: streams', () => {
  it('a source may refer to the promise that is made of it (B23)', async () => {
    const drafts: unknown[] = [];
    const message = Message.stream(
      new Observable<string>((subscriber) => {
        void Promise.resolve().then(() => {
          drafts.push(message.draft.role);
          subscriber.next('a');
          subscriber.complete();
        });
      }),
      { role: 'user' },
    );
    expect((await message.resolve()).text).to.equal('a');
    expect(drafts).to.deep.equal(['user']);
  });

  it('of what is there already, pieces and whole are there at once (B25)', () => {
    const seen: unknown[] = [];
    const sequence = MessageSequence.from(['a', new Message({ text: 'b' })]);
    sequence.subscribe((message) => message.subscribe((token) => seen.push(token)));
    sequence.whole$.subscribe((whole) => seen.push(whole.map(String).join(' ')));
    expect(seen).to.deep.equal(['a', 'b', 'a b']);
  });

  it('tokens come from one place: a text beside them is refused, and a source that is none fails (B26, B81)', async () => {
    const both = () => Message.stream(of('a'), { text: 'b' } as never);
    expect(both).to.throw(InvalidMessageError, 'gets its text from its tokens');
    for (const none of [undefined, null, 42, {}])
      expect(await failure(Message.stream(none as never).resolve())).to.match(
        /^InvalidArgumentError: expected a source of tokens; got /,
      );
  });

  it('an error in the innermost of three comes after what all three had said (B32)', async () => {
    async function* three() {
      yield 'msg3';
      throw new RangeError('boom');
    }
    async function* two() {
      yield ['msg2', three()];
    }
    const replies = miniagent('one', () => ['msg1', two(), 'after']).inquire();
    const seen: string[] = [];
    expect(await failure(replies.forEach((message) => void seen.push(message.draft.text)))).to.equal(
      'RangeError: boom',
    );
    expect(seen).to.deep.equal(['msg1', 'msg2', 'msg3']);
  });

  it('catchError ends a source at its error with what came before (B33, B34)', async () => {
    const source$ = concat(
      of('1', '2'),
      throwError(() => new Error('boom')),
    );
    expect(await texts(pass.inquire(source$.pipe(catchError(() => EMPTY))))).to.deep.equal(['1', '2']);
    expect(
      await texts(pass.inquire(source$.pipe(catchError((error: Error) => of(error)))).errorsAsMessages()),
    ).to.deep.equal(['1', '2', 'Error: boom']);
  });

  it('a Subject is open when it is made; what is written after its end goes nowhere (B35)', async () => {
    const input = new Subject<string>();
    const replies = pass.inquire(input);
    input.next('a');
    input.complete();
    input.next('b'); // eslint-disable-line rxjs-x/no-redundant-notify -- this is what is shown
    expect(await texts(replies)).to.deep.equal(['a']);
  });

  it('merge lets what is quick pass by what is slow in a question (B46)', () => {
    marbles(({ cold, expectTokens }) => {
      expectTokens(pass.inquire(merge(cold('--s|'), cold('-q-l|')))).toBe('-qsl|');
    });
  });

  it('every class of messages can be streamed (B78)', async () => {
    const Plain = defineMessage('Plain', { note: '' });
    const promise = Plain.stream(
      defer(() => from(['a', 'b'])),
      { note: 'n' },
    );
    expect(await lastValueFrom(promise.pipe(toArray()))).to.deep.equal(['a', 'b']);
    expect(await promise.resolve())
      .to.be.instanceOf(Plain)
      .and.include({ text: 'ab', note: 'n' });
  });

  it('what makes an agent of nothing is refused (B81)', () => {
    for (const none of [undefined, null, 42]) expect(() => miniagent(none as never)).to.throw(InvalidArgumentError);
  });
});
