import { expect } from 'chai';
import { CancelledError, MessageSequence, miniagent } from 'miniagents';
import { concat, map, NEVER, of, throwError } from 'rxjs';
import { entriesOf } from '../../lib/agents/entries.js';
import { isFailure } from '../../lib/scope/failure.js';
import { inside, marbles, rejection, texts } from '../laws/support.js';

describe('entriesOf', () => {
  const here = inside();
  const boom = new RangeError('boom');

  /** The entries as they come: a message by its text so far, which is all of it; an error by its message. */
  const shown = (messages: unknown) =>
    entriesOf(MessageSequence.from(messages as never)).pipe(
      map(([entry]) => (isFailure(entry) ? (entry.consume() as Error).message : entry.log.text)),
    );

  for (const [what, source, marble] of [
    ['never', '-', '-'],
    ['empty', '--|', '--|'],
    ['one', '--a|', '--a|'],
    ['many', 'a-b-(c|)', 'a-b-(c|)'],
    ['many at once', '(abc|)', '(abc|)'],
    ['an error at the end', 'a-#', 'a-(x|)'],
  ] as const)
    it(`${what}: as they come`, () => {
      marbles(({ cold, expectObservable }) => {
        expectObservable(shown(cold(source, undefined, boom))).toBe(marble, { a: 'a', b: 'b', c: 'c', x: 'boom' });
      });
    });

  it('what comes after an error comes', () => {
    marbles(({ cold, expectObservable }) => {
      const failing = concat(
        of('b'),
        throwError(() => boom),
      );
      const values = { a: 'a', b: 'b', c: 'c', x: 'boom' };
      expectObservable(shown([cold('a|'), failing, cold('-----c|')])).toBe('a(bx)c|', values);
    });
  });

  it('late subscribers get all of them; one who leaves leaves the sequence running', async () => {
    const sequence = MessageSequence.from(['a', boom, 'b']);
    for (let time = 0; time < 2; time++)
      expect(await texts(MessageSequence.from(entriesOf(sequence)).errorsAsMessages())).to.deep.equal([
        ...['a', 'RangeError: boom', 'b'],
      ]);
    const open = MessageSequence.from(NEVER);
    entriesOf(open).subscribe().unsubscribe();
    expect(open.log.readers?.size ?? 0).to.equal(0);
    open.cancel();
  });

  it('an error that is passed on is consumed by whoever gets it, or reported, once', async () => {
    const passing = miniagent('passing', (ctx) => entriesOf(ctx.messages));
    passing.inquire(boom);
    await here.miniAgents.finalize();
    expect(here.takeReported()).to.deep.equal([boom]);
  });

  it('a cancellation is the last of them, and begins what waits to be looked at', async () => {
    const lazy = miniagent('lazy', () => ['a', NEVER]).inquire(null, { startSoon: false });
    const seen: unknown[] = [];
    entriesOf(lazy).subscribe({
      next: ([entry]) => seen.push(isFailure(entry) ? entry.error : entry.log.text),
      complete: () => seen.push('end'),
    });
    await Promise.resolve();
    lazy.cancel();
    expect(await rejection(lazy.resolve())).to.be.instanceOf(CancelledError);
    expect(seen).to.have.length(3);
    expect([seen[0], seen[2]]).to.deep.equal(['a', 'end']);
    expect(seen[1]).to.be.instanceOf(CancelledError);
  });
});
