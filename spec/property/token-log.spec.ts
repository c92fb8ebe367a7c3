import { expect } from 'chai';
import * as fc from 'fast-check';
import { InvalidMessageError, Message, MessageSequence } from 'miniagents';
import type { MessagePromise } from 'miniagents';
import { concat, from, lastValueFrom, Subject, throwError, toArray } from 'rxjs';
import { cases, TIMEOUT } from './cases.js';

/** Text in pieces: of any length, empty ones and ones of more than 255 characters too, and cut in the middle of surrogate pairs. */
const tokens: fc.Arbitrary<string[]> = fc
  .tuple(
    fc.array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 6 }),
        fc.constant('😀'),
        fc.integer({ min: 250, max: 260 }).map((length) => 'x'.repeat(length)),
      ),
    ),
    fc.array(fc.nat({ max: 40 }), { maxLength: 20 }),
  )
  .map(([parts, steps]) => cut(parts.join(''), steps));

/** Cuts a text into pieces of these lengths, and what is left into one more. */
function cut(text: string, lengths: readonly number[]): string[] {
  let at = 0;
  const pieces = lengths.map((length) => text.slice(at, (at += length)));
  return [...pieces, text.slice(at)];
}

/** Pieces that have halves of surrogate pairs without their other half. */
const broken = fc.tuple(tokens, fc.constantFrom('\ud83d', '\ude00'), fc.nat()).map(([pieces, half, at]) => {
  const index = at % (pieces.length + 1);
  return [...pieces.slice(0, index), half, 'x', ...pieces.slice(index)];
});

const wellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

async function readAll<Piece>(source: AsyncIterable<Piece>): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for await (const piece of source) pieces.push(piece);
  return pieces;
}

/** What a reader sees: the tokens, and how it ended. */
async function readToEnd(message: MessagePromise): Promise<string[]> {
  const seen: string[] = [];
  return new Promise((resolve) => {
    message.subscribe({
      next: (token) => seen.push(token),
      complete: () => resolve([...seen, '(end)']),
      error: (error: Error) => resolve([...seen, `(${error.name})`]),
    });
  });
}

describe('property: the tokens of a message', function () {
  this.timeout(TIMEOUT);

  it('make the same text however it is cut, and are the same for readers at any time', async () => {
    await fc.assert(
      fc.asyncProperty(tokens, fc.array(fc.nat(), { maxLength: 3 }), async (pieces, times) => {
        const source = new Subject<string>();
        const message = Message.stream(source);
        const readers = [readToEnd(message)];
        const joins = times.map((time) => time % (pieces.length + 1));
        for (const [index, piece] of [...pieces, ''].entries()) {
          for (const join of joins)
            if (join === index)
              readers.push(
                readToEnd(message),
                readAll(message).then((seen) => [...seen, '(end)']),
              );
          if (index < pieces.length) source.next(piece);
        }
        source.complete();
        readers.push(
          readToEnd(message),
          readAll(message).then((seen) => [...seen, '(end)']),
        );
        for (const seen of await Promise.all(readers)) expect(seen).to.deep.equal([...pieces, '(end)']);
        expect((await message.resolve()).text).to.equal(pieces.join(''));
      }),
      cases(500),
    );
  });

  it('give snapshots that grow, are well-formed, and end with the whole itself, for readers at any time', async () => {
    await fc.assert(
      fc.asyncProperty(tokens, fc.nat(), async (pieces, time) => {
        const source = new Subject<string>();
        const message = Message.stream(source, { role: 'assistant' });
        const early = lastValueFrom(message.snapshots$.pipe(toArray()));
        const late = pieces.slice(0, time % (pieces.length + 1)).length;
        let later = early;
        for (const [index, piece] of [...pieces, ''].entries()) {
          if (index === late) later = lastValueFrom(message.snapshots$.pipe(toArray()));
          if (index < pieces.length) source.next(piece);
        }
        source.complete();
        const whole = await message.resolve();
        for (const snapshots of [await early, await later, await lastValueFrom(message.snapshots$.pipe(toArray()))]) {
          expect(snapshots.at(-1) === whole, 'the last is the whole').to.equal(true);
          for (const [index, { text, role }] of snapshots.entries()) {
            expect(role).to.equal('assistant');
            expect(wellFormed(text)).to.equal(true);
            expect(whole.text.startsWith(text)).to.equal(true);
            expect(text.length).to.be.at.least(snapshots[index - 1]?.text.length ?? 0);
          }
        }
      }),
      cases(300),
    );
  });

  it('are kept before an error, for readers at any time, and in the message that the error is', async () => {
    await fc.assert(
      fc.asyncProperty(tokens, async (pieces) => {
        const message = Message.stream(
          concat(
            from(pieces),
            throwError(() => new RangeError('boom')),
          ),
        );
        for (const seen of [await readToEnd(message), await readToEnd(message)])
          expect(seen).to.deep.equal([...pieces, '(RangeError)']);
        const text = pieces.join('');
        const [asMessage] = await MessageSequence.from(message).errorsAsMessages().resolve();
        expect(asMessage?.text).to.equal(`${text}${text && '\n'}RangeError: boom`);
      }),
      cases(200),
    );
  });

  it('come as they are also where they make no text, and then there is an error for every reader', async () => {
    await fc.assert(
      fc.asyncProperty(broken, async (pieces) => {
        fc.pre(!wellFormed(pieces.join('')));
        const message = Message.stream(from(pieces));
        expect(await readToEnd(message)).to.deep.equal([...pieces, '(InvalidMessageError)']);
        const error: unknown = await message.resolve().catch((reason: unknown) => reason);
        expect(error).to.be.instanceOf(InvalidMessageError);
        const [asMessage, after] = await MessageSequence.from([message, 'after']).errorsAsMessages().resolve();
        expect(wellFormed(asMessage?.text ?? '\ud83d')).to.equal(true);
        expect(asMessage?.text).to.match(/InvalidMessageError/);
        expect(after?.text).to.equal('after');
      }),
      cases(200),
    );
  });
});
