import { expect } from 'chai';
import { asyncScheduler, type Subscriber } from 'rxjs';
import { Reply } from '../../lib/llm/reply.js';
import { replyTokens } from '../../lib/llm/reply-tokens.js';
import { marbles } from '../../lib/testing/marbles.js';

describe('replyTokens', () => {
  it('converses for each subscriber, when it subscribes', async () => {
    let conversations = 0;
    const tokens$ = replyTokens(new Reply(), async (to) => {
      conversations++;
      to.next('a');
    });
    expect(conversations).to.equal(0);
    const seen: string[] = [];
    await new Promise<void>((complete) => tokens$.subscribe({ next: (token) => seen.push(token), complete }));
    await new Promise<void>((complete) => tokens$.subscribe({ complete }));
    expect(seen).to.deep.equal(['a']);
    expect(conversations).to.equal(2);
  });

  it('fails with the conversation', async () => {
    const boom = new RangeError('boom');
    const tokens$ = replyTokens(new Reply(), () => Promise.reject(boom));
    expect(await new Promise((error) => tokens$.subscribe({ error }))).to.equal(boom);
  });

  it('an unsubscribe aborts it, and what it says then is silent', () => {
    let signal: AbortSignal | undefined;
    let to: Subscriber<string> | undefined;
    const subscription = replyTokens(new Reply(), (subscriber, given) => {
      [to, signal] = [subscriber, given];
      return new Promise(() => {});
    }).subscribe(() => expect.fail('expected no token'));
    expect(signal?.aborted).to.equal(false);
    subscription.unsubscribe();
    expect(signal?.aborted).to.equal(true);
    to?.next('late');
    to?.error(new Error('aborted'));
  });

  describe('an answer that is over', () => {
    /** What becomes of one whose end is followed by the end of its body after so many milliseconds, or not at all. */
    function abortedAfter(ms: number | undefined): number | undefined {
      return marbles(({ flush }) => {
        let aborted: number | undefined;
        const reply = new Reply();
        const conversation = (to: Subscriber<string>, signal: AbortSignal) => {
          signal.addEventListener('abort', () => (aborted = asyncScheduler.now()));
          reply.over = true;
          to.complete();
          return ms === undefined ? new Promise<void>(() => {}) : endAfter(ms);
        };
        replyTokens(reply, conversation).subscribe();
        flush();
        return aborted;
      });
    }

    /** A promise, as far as it is looked at here, in virtual time. */
    const endAfter = (ms: number) =>
      ({ then: (end: () => void) => void asyncScheduler.schedule(end, ms) }) as unknown as Promise<void>;

    it('may come to the end of its body', () => {
      expect(abortedAfter(1)).to.equal(undefined);
      expect(abortedAfter(999)).to.equal(undefined);
    });

    it('is aborted if it does not', () => {
      expect(abortedAfter(1001)).to.equal(1000);
      expect(abortedAfter(undefined)).to.equal(1000);
    });
  });
});
