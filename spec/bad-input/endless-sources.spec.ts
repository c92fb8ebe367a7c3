import { expect } from 'chai';
import { CancelledError, Message, MessageSequence, miniagent, MiniAgents } from 'miniagents';
import type { MessageType } from 'miniagents';
import { asyncMarbles } from 'miniagents/testing';
import { from, interval, lastValueFrom, map, NEVER, of, repeat, Subject, take, timer, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { forEachStart, inside, marbles, pass, turn } from '../laws/support.js';

/** Says 0, 1, 2 …, one a frame, and tells when it is let go. */
const forever = async function* (letGo?: Subject<string>) {
  try {
    for (let n = 0; ; n++, await new Promise((resolve) => setTimeout(resolve, 1))) yield String(n);
  } finally {
    letGo?.next('x');
  }
};

describe('bad input: sources that never end', () => {
  forEachStart((here) => {
    it('what they say arrives, and a reader may leave', () =>
      asyncMarbles(async ({ expectObservable }) => {
        const letGo = new Subject<string>();
        const replies = pass.inquire(forever(letGo));
        expectObservable(letGo).toBe('---x');
        expectObservable(replies.tokens$, '^--!').toBe('012');
        timer(3).subscribe(() => replies.cancel());
      }));

    it('an agent that never ends is cancelled by an unsubscribe', () =>
      asyncMarbles(async ({ expectMessages, expectObservable }) => {
        const letGo = new Subject<string>();
        const agent = miniagent('agent', () => forever(letGo));
        expectObservable(letGo).toBe('---x');
        expectMessages(agent('x'), '^--!').toBe('abc', { a: '0', b: '1', c: '2' });
      }));

    it('a synchronous generator that never ends is stopped by its reader, as an agent', async () => {
      let ended = false;
      const agent = miniagent('agent', function* () {
        try {
          for (let n = 0; ; n++) yield String(n);
        } finally {
          ended = true;
        }
      });
      expect(await lastValueFrom(agent('x').pipe(take(3), toArray()))).to.have.length(3);
      expect(ended).to.be.true;
    });

    it('a synchronous Observable that never ends is stopped by its reader, as an agent', async () => {
      const agent = miniagent('agent', () => of('a', 'b').pipe(repeat()));
      expect(await lastValueFrom(agent('x').pipe(take(5), toArray()))).to.have.length(5);
      const nested = miniagent('nested', () => [of('a', 'b').pipe(repeat())]);
      expect(await lastValueFrom(nested('x').pipe(take(5), toArray()))).to.have.length(5);
    });

    it('in time: an interval, through agents, cancelled', () => {
      marbles(({ cold, expectObservable }) => {
        const ticks = miniagent('ticks', () => interval(2).pipe(map(String)));
        const [endless, other] = [ticks.inquire(), ticks.inquire()];
        const replies = pass.inquire(endless);
        cold('                            -------x').subscribe(() => replies.cancel());
        cold('                            --------x').subscribe(() => [endless, other].map((each) => each.cancel()));
        const [one, two] = [new CancelledError('agent pass'), new CancelledError('agent ticks')];
        expectObservable(replies.tokens$).toBe('--0-1-2#', undefined, one);
        expectObservable(endless.tokens$).toBe('--0-1-2-#', undefined, two);
        expectObservable(other.tokens$, ' ^----!').toBe('--0-1');
      });
    });

    describe('silence hangs nobody who cancels', () => {
      const sources: Record<string, () => MessageType> = {
        'an Observable': () => NEVER,
        'a promise': () => new Promise<string>(() => {}),
        'a message': () => Message.stream(NEVER),
        'a web stream': () => new ReadableStream<string>(),
        'a sequence': () => MessageSequence.from(NEVER),
        'an agent': () => miniagent('silent', () => NEVER).inquire(),
        'an Observable of a promise': () => from(new Promise<string>(() => {})),
      };
      for (const [name, make] of Object.entries(sources)) {
        for (const [where, ask] of Object.entries<() => MessageSequence>({
          asked: () => pass.inquire(make()),
          returned: () => miniagent('pass', make).inquire(),
        }))
          it(`of ${name} that is ${where}`, () =>
            asyncMarbles(async ({ expectObservable }) => {
              const replies = ask();
              const cancelled = new CancelledError('agent pass');
              for (const end of [replies.whole$, replies.text(), replies.tokens$])
                expectObservable(from(end as Observable<unknown>)).toBe('--#', {}, cancelled);
              timer(2).subscribe(() => replies.cancel());
            }));
      }
    });

    it('everything ends with its MiniAgents', async () => {
      const miniAgents = new MiniAgents();
      const running = miniAgents.run(() => {
        for (const source of [NEVER, new Promise<string>(() => {}), Message.stream(NEVER), forever()])
          pass.inquire(source).subscribe({ error: () => {} });
        return 'result';
      });
      await turn();
      miniAgents.cancel();
      expect(await running).to.equal('result');
      expect(here.reported).to.deep.equal([]);
    });
  });

  describe('tokens', () => {
    inside();

    it('that never end are read as they come, and let go', () =>
      asyncMarbles(async ({ expectObservable, expectTokens }) => {
        const letGo = new Subject<string>();
        const message = Message.stream(forever(letGo));
        expectTokens(message).toBe('012#', {}, new CancelledError('the message'));
        expectObservable(letGo).toBe('---x');
        timer(3).subscribe(() => message.cancel());
      }));
  });
});
