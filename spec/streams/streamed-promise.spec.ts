import { expect } from 'chai';
import { inspect } from 'node:util';
import { isObservable, lastValueFrom, map, Observable, of, toArray } from 'rxjs';
import { Message } from '../../lib/messages/message.js';
import { MessagePromise } from '../../lib/streams/message-promise.js';
import { brandInstances, hasBrand, StreamedPromise } from '../../lib/streams/streamed-promise.js';
import { failureOf, growing, rejection } from './support.js';

describe('StreamedPromise', () => {
  it('is an Observable, to RxJS and to others, and takes operators', async () => {
    const { message } = growing();
    expect(message).to.be.instanceOf(Observable);
    expect(isObservable(message)).to.equal(true);
    const upper$ = MessagePromise.of('a').pipe(map((token) => token.toUpperCase()));
    expect(upper$).not.to.be.instanceOf(StreamedPromise);
    expect(await lastValueFrom(upper$)).to.equal('A');
  });

  it('is not thenable: awaited, yielded or returned it stays what it is', async () => {
    const { message } = growing();
    expect('then' in message).to.equal(false);
    expect(await (message as unknown)).to.equal(message);
    expect(await (async () => message)()).to.equal(message);
  });

  it('is shown as what it is, and how it is read', () => {
    const { message } = growing();
    const line = 'MessagePromise, read by resolve(), for await or subscribe';
    expect([inspect(message), `${String(message)}`, JSON.stringify({ message })]).to.deep.equal([
      ...[line, line, JSON.stringify({ message: line })],
    ]);
  });

  it('replays every piece to every subscriber from the start, then follows live', async () => {
    const { log, message } = growing();
    const seen: string[][] = [[], [], []];
    const follow = (i: number) => message.subscribe((token) => seen[i]?.push(token));
    follow(0);
    log.append('a');
    follow(1);
    log.append('b');
    log.end();
    follow(2);
    expect(seen).to.deep.equal(Array(3).fill(['a', 'b']));
  });

  it('goes on when a subscriber leaves', () => {
    const { log, message } = growing();
    message.subscribe().unsubscribe();
    log.append('a');
    expect(log.text).to.equal('a');
  });

  it('has a failure replayed, too', async () => {
    const { log, message } = growing();
    log.append('a');
    log.end(failureOf('boom'));
    for (let i = 0; i < 2; i++) {
      const seen: unknown[] = [];
      message.subscribe({ next: (token) => seen.push(token), error: (error: unknown) => seen.push(error) });
      expect(seen).to.deep.equal(['a', 'boom']);
      expect(await rejection(lastValueFrom(message.whole$))).to.equal('boom');
    }
  });

  it('gives its whole, once, to each subscriber, and to those who await it the same promise', async () => {
    const { log, message } = growing();
    const wholes = lastValueFrom(message.whole$.pipe(toArray()));
    expect(message.resolve()).to.equal(message.resolve());
    log.append('a');
    log.end();
    const whole = await message.resolve();
    expect(await wholes).to.deep.equal([whole]);
    expect(await lastValueFrom(message.whole$.pipe(toArray()))).to.have.ordered.members([whole]);
  });

  it('can be iterated over, from the start, any number of times', async () => {
    const { log, message } = growing();
    const iterate = async (seen: string[] = []) => {
      for await (const token of message) seen.push(token);
      return seen;
    };
    log.append('a');
    const both = Promise.all([iterate(), iterate()]);
    log.append('b');
    log.end();
    expect(await both).to.deep.equal([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(await iterate()).to.deep.equal(['a', 'b']);
  });
});

describe('brandInstances', () => {
  it('has instanceof know the instances of other copies of the library', () => {
    class Mine {}
    class Theirs {}
    const brand = Symbol.for('miniagents.test');
    for (const type of [Mine, Theirs]) brandInstances(type, brand);
    expect(new Theirs()).to.be.instanceOf(Mine);
    expect(new Mine()).to.be.instanceOf(Theirs);
    for (const other of [{}, null, 'a', new Message()]) expect(other).not.to.be.instanceOf(Mine);
  });
});

describe('hasBrand', () => {
  it('looks for a brand in any value', () => {
    const brand = Symbol('brand');
    expect(hasBrand({ [brand]: true }, brand)).to.equal(true);
    expect(hasBrand(Object.create({ [brand]: true }), brand)).to.equal(true);
    for (const other of [{}, null, undefined, 'a', 1, of(1)]) expect(hasBrand(other, brand)).to.equal(false);
  });
});
