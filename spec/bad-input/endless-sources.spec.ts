import { expect } from 'chai';
import { CancelledError, Message, MessageSequence, miniagent, MiniAgents } from 'miniagents';
import type { MessageType } from 'miniagents';
import { from, interval, lastValueFrom, map, NEVER, of, repeat, take, toArray } from 'rxjs';
import { forEachStart, inside, marbles, pass, rejection, turn } from '../laws/support.js';

const forever = async function* (log?: string[]) {
  try {
    for (let n = 0; ; n++, await turn()) yield String(n);
  } finally {
    log?.push('ended');
  }
};

describe('bad input: sources that never end', () => {
  forEachStart((here) => {
    it('what they say arrives, and a reader may leave', async () => {
      const log: string[] = [];
      const replies = pass.inquire(forever(log));
      const seen: string[] = [];
      for await (const message of replies) {
        seen.push(String(await message.resolve()));
        if (seen.length === 3) break;
      }
      expect(seen).to.deep.equal(['0', '1', '2']);
      replies.cancel();
      await turn();
      expect(log).to.deep.equal(['ended']);
    });

    it('an agent that never ends is cancelled by an unsubscribe', async () => {
      const log: string[] = [];
      const agent = miniagent('agent', () => forever(log));
      const seen = await lastValueFrom(
        agent('x').pipe(
          map((message) => message.draft.text),
          take(3),
          toArray(),
        ),
      );
      expect(seen).to.deep.equal(['0', '1', '2']);
      await turn();
      expect(log).to.deep.equal(['ended']);
    });

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

    it('silence hangs nobody who cancels: agents, messages, sequences, questions', async () => {
      const sources: (() => MessageType)[] = [
        () => NEVER,
        () => new Promise<string>(() => {}),
        () => Message.stream(NEVER),
        () => new ReadableStream<string>(),
        () => MessageSequence.from(NEVER),
        () => miniagent('silent', () => NEVER).inquire(),
        () => from(new Promise<string>(() => {})),
      ];
      for (const make of sources) {
        for (const ask of [() => pass.inquire(make()), () => miniagent('agent', make).inquire()]) {
          const replies = ask();
          const ends = [replies.resolve(), replies.text(), lastValueFrom(replies.tokens$)].map(rejection);
          await turn();
          replies.cancel();
          for (const error of await Promise.all(ends)) expect(error).to.have.property('name', 'CancelledError');
        }
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

    it('that never end are read as they come, and let go', async () => {
      const log: string[] = [];
      const message = Message.stream(forever(log));
      expect(await lastValueFrom(message.pipe(take(3), toArray()))).to.deep.equal(['0', '1', '2']);
      message.cancel();
      await turn();
      expect(log).to.deep.equal(['ended']);
      expect(await rejection(message.resolve())).to.have.property('name', 'CancelledError');
    });
  });
});
