import { expect } from 'chai';
import { CancelledError, Message, miniagent } from 'miniagents';
import type { MessagePromise } from 'miniagents';
import {
  catchError,
  concatAll,
  concatMap,
  exhaustMap,
  lastValueFrom,
  map,
  mergeAll,
  mergeMap,
  NEVER,
  Observable,
  of,
  Subject,
  switchMap,
  take,
  toArray,
} from 'rxjs';
import { inside, marbles, pass, turn } from './support.js';

const asM = map<MessagePromise, string>(() => 'm');

describe('law 1: agent(x) is an Observable: cold, one run per subscription', () => {
  const here = inside();

  it('runs for nobody, and anew for each subscriber', () => {
    let runs = 0;
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('       a-b|');
      const replies = miniagent('agent', () => {
        runs++;
        return source;
      })('x');
      expect(runs).to.equal(0);
      expect(replies).to.be.instanceOf(Observable);
      expectObservable(replies.pipe(concatAll())).toBe('a-b|');
      expectObservable(replies.pipe(concatAll()), '--^').toBe('--a-b|');
      expectSubscriptions(source.subscriptions).toBe(['^--!', '--^--!']);
    });
    expect(runs).to.equal(2);
  });

  it('messages arrive when they are sent; it completes when every one that it emitted is whole', () => {
    marbles(({ cold, expectObservable }) => {
      const agent = miniagent('agent', () => [
        Message.stream(cold('         ---a|')),
        Message.stream(cold('         -b------|')),
      ]);
      expectObservable(of('x').pipe(agent, asM)).toBe('(mm)----|');
    });
  });

  it('its promise form, which is there to be replayed, completes when all messages are sent', () => {
    marbles(({ cold, expectObservable }) => {
      const replies = miniagent('agent', () => Message.stream(cold('---a--|'))).inquire();
      expectObservable(replies.pipe(asM)).toBe('(m|)');
      expectObservable(replies.whole$.pipe(map(String))).toBe('------(w|)', {
        w: 'List [ Message { "text": "a" } ]',
      });
    });
  });

  it('it fails when every message it emitted is whole, so that the error does not cut one off', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const tokens = cold('        a-b--|');
      const agent = miniagent('agent', (ctx) => {
        ctx.reply(Message.stream(tokens));
        throw 'error';
      });
      expectObservable(of('x').pipe(agent, asM)).toBe('m----#');
      expectObservable(of('x').pipe(agent, mergeAll())).toBe('a-b--#');
      expectSubscriptions(tokens.subscriptions).toBe(['^----!', '^----!']);
    });
  });

  it('a message that fails fails alone: the others go on, and it completes after all of them', () => {
    marbles(({ cold, expectObservable }) => {
      const agent = miniagent('agent', () => [
        Message.stream(cold('         -a--#')),
        Message.stream(cold('         --b---|')),
      ]);
      const tokens = mergeMap((message: MessagePromise) => message.pipe(catchError(() => of('x'))));
      expectObservable(of('x').pipe(agent, tokens)).toBe('-ab-x-|');
    });
  });

  it('unsubscribing cancels the run: its question, what it subscribed to, and its signal', () => {
    let signal: AbortSignal | undefined;
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const question = cold('      q-----|');
      const source = cold('        a-b-c-d|');
      const agent = miniagent('agent', (ctx) => {
        ctx.reply(source);
        ({ signal } = ctx);
        return ctx.messages;
      });
      expectObservable(question.pipe(agent, asM), '---!').toBe('m-m');
      expectSubscriptions(question.subscriptions).toBe('^--!');
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
    expect(signal?.aborted).to.be.true;
    expect(signal?.reason).to.be.instanceOf(CancelledError);
  });

  it('unsubscribing cancels the tokens it still owes, when all messages have been sent', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const tokens = cold('        a-b-c-d|');
      const agent = miniagent('agent', () => Message.stream(tokens));
      expectObservable(of('x').pipe(agent, concatAll()), '---!').toBe('a-b-');
      expectSubscriptions(tokens.subscriptions).toBe('^--!');
    });
  });

  it('unsubscribing after its end cancels nothing', async () => {
    let signal: AbortSignal | undefined;
    const agent = miniagent('agent', (ctx) => {
      ({ signal } = ctx);
      return 'reply';
    });
    await lastValueFrom(of('x').pipe(agent));
    const subscription = of('x').pipe(agent).subscribe();
    subscription.unsubscribe();
    expect(signal?.aborted).to.be.false;
  });

  it('unsubscribing in the middle of a synchronous run stops it there', async () => {
    const said: string[] = [];
    const agent = miniagent('agent', function* () {
      for (const text of ['a', 'b', 'c']) {
        said.push(text);
        yield text;
      }
    });
    of('x').pipe(agent, take(1)).subscribe();
    await turn();
    expect(said).to.deep.equal(['a']);
  });

  it('starts no run where the subscriber has left already', async () => {
    let runs = 0;
    const agent = miniagent('agent', () => void runs++);
    of('x').pipe(agent, take(0)).subscribe();
    of('x').pipe(agent).subscribe().unsubscribe();
    await turn();
    expect(runs).to.equal(0);
  });

  it('an agent in the middle of a pipe lets go of the one before it', () => {
    marbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const question = hot('      -q----r---|');
      const tokens = cold('        a-b-c-d-e|');
      const leaf = miniagent('leaf', (ctx) => ctx.messages.pipe(map(() => Message.stream(tokens))));
      expectObservable(question.pipe(leaf, pass, pass, mergeAll()), '----!').toBe('-a-b');
      expectSubscriptions(question.subscriptions).toBe('^---!');
      expectSubscriptions(tokens.subscriptions).toBe('-^--!');
    });
  });

  it('a question that never comes, comes late, comes empty', () => {
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const [never, late, empty] = [cold('-'), hot('a-b-c|'), cold('--|')];
      expectObservable(never.pipe(pass, concatAll())).toBe('-');
      expectObservable(late.pipe(pass, concatAll()), '---^').toBe('----c|');
      expectObservable(empty.pipe(pass, concatAll())).toBe('--|');
      expectSubscriptions(never.subscriptions).toBe('^');
      expectSubscriptions(late.subscriptions).toBe('---^-!');
    });
  });

  it('x$.pipe(agent) feeds one run', () => {
    let runs = 0;
    marbles(({ hot, expectObservable }) => {
      const agent = miniagent('agent', (ctx) => {
        runs++;
        return ctx.messages.pipe(
          concatMap((message) => message.whole$),
          map(({ text }) => text.toUpperCase()),
        );
      });
      expectObservable(hot('-a--b--c|').pipe(agent, concatAll())).toBe('-A--B--C|');
    });
    expect(runs).to.equal(1);
  });

  it('switchMap(agent): each question is a run of its own, and a new one cancels the old', () => {
    marbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const questions = hot('     -x----y------|');
      const answer = cold('        a-b-c-d-e|');
      const agent = miniagent('agent', () => Message.stream(answer));
      const expected = '          -a-b-ca-b-c-d-e|';
      expectObservable(questions.pipe(switchMap(agent), concatAll())).toBe(expected);
      expectSubscriptions(answer.subscriptions).toBe(['-^----!', '------^--------!']);
    });
  });

  it('switchMap(agent) with messages that come one after the other', () => {
    marbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const questions = hot('     -x---y--|');
      const answer = cold('        --a--b|');
      const answers = questions.pipe(switchMap(miniagent('agent', () => answer)), concatAll());
      expectObservable(answers).toBe('---a---a--b|');
      expectSubscriptions(answer.subscriptions).toBe(['-^---!', '-----^-----!']);
    });
  });

  it('mergeMap(agent, 2) limits to two, to the end of their tokens', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const answer = cold('        -----a|');
      const agent = miniagent('agent', () => Message.stream(answer));
      const expected = '           -----(aa)--(aa)--a|';
      expectObservable(of('1', '2', '3', '4', '5').pipe(mergeMap(agent, 2), mergeAll())).toBe(expected);
      const [first, second, third] = ['^-----!', '------^-----!', '------------^-----!'];
      expectSubscriptions(answer.subscriptions).toBe([first, first, second, second, third]);
    });
  });

  it('concatMap(agent) runs one after the other, exhaustMap(agent) leaves out what comes meanwhile', () => {
    marbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const questions = hot('     -x-y---z-|');
      const [one, other] = [cold('--a--|'), cold('  --a--|')];
      expectObservable(questions.pipe(concatMap(miniagent('agent', () => Message.stream(one))), concatAll())).toBe(
        '                         ---a----a----a--|',
      );
      expectObservable(questions.pipe(exhaustMap(miniagent('agent', () => Message.stream(other))), concatAll())).toBe(
        '                         ---a-----a--|',
      );
      expectSubscriptions(one.subscriptions).toBe(['-^----!', '------^----!', '-----------^----!']);
      expectSubscriptions(other.subscriptions).toBe(['-^----!', '-------^----!']);
    });
  });

  it('a second argument, such as the index that switchMap passes, is ignored', async () => {
    const given: unknown[] = [];
    const agent = miniagent('agent', (_ctx, params) => void given.push(params));
    await lastValueFrom(of('x', 'y').pipe(concatMap(agent), toArray()));
    await lastValueFrom(agent('z', { upTo: 3 }).pipe(toArray()));
    expect(given).to.deep.equal([{}, {}, {}]);
  });

  it('takes whatever may be sent, as inquire does', async () => {
    const replies = pass(['a', [Promise.resolve('b')], of('c')]);
    expect(await lastValueFrom(replies.pipe(concatAll(), toArray()))).to.deep.equal(['a', 'b', 'c']);
  });

  it('a hot question is heard from the subscription on, not from the call', async () => {
    const question = new Subject<string>();
    const replies = question.pipe(pass, concatAll());
    const heard: string[] = [];
    question.next('before');
    const subscription = replies.subscribe((token) => heard.push(token));
    question.next('after');
    await turn();
    expect(heard).to.deep.equal(['after']);
    subscription.unsubscribe();
    expect(question.observed).to.be.false;
  });

  it('belongs to the MiniAgents that is active when it is subscribed to', async () => {
    const replies = miniagent('agent', () => NEVER)('x');
    let ended = false;
    replies.subscribe({ error: () => (ended = true) });
    here.miniAgents.cancel();
    await turn();
    expect(ended).to.be.true;
  });
});
