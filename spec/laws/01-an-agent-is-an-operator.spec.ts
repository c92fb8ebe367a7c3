import { expect } from 'chai';
import { List } from 'immutable';
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
  Observable,
  of,
  Subject,
  switchMap,
  take,
  toArray,
} from 'rxjs';
import { inside, marbles, pass } from './support.js';

describe('law 1: agent(x) is an Observable: cold, one run per subscription', () => {
  const here = inside();

  it('runs for nobody, and anew for each subscriber', () => {
    marbles(({ cold, expectTokens, expectSubscriptions }) => {
      const source = cold('a-b|');
      const agent = miniagent('agent', () => source);
      const [unread, replies] = [agent('x'), agent('x')];
      expect(unread).to.be.instanceOf(Observable);
      expectTokens(replies.pipe(concatAll())).toBe('a-b|');
      expectTokens(replies.pipe(concatAll()), '--^').toBe('--a-b|');
      expectSubscriptions(source.subscriptions).toBe(['^--!', '--^--!']);
    });
  });

  it('messages arrive when they are sent; it completes when every one that it emitted is whole', () => {
    marbles(({ tokens, expectMessages }) => {
      const agent = miniagent('agent', () => [tokens('---a|'), tokens('-b------|')]);
      expectMessages(of('x').pipe(agent)).toBe('(ab)----|');
    });
  });

  it('its promise form, which is there to be replayed, completes when all messages are sent', () => {
    marbles(({ tokens, expectMessages, expectObservable }) => {
      const replies = miniagent('agent', () => tokens('   ---a--|')).inquire();
      expectMessages(replies).toBe('(a|)');
      expectObservable(replies.whole$).toBe('------(w|)', { w: List([new Message({ text: 'a' })]) });
    });
  });

  it('it fails when every message it emitted is whole, so that the error does not cut one off', () => {
    marbles(({ cold, expectTokens, expectMessages, expectSubscriptions }) => {
      const tokens = cold('                            a-b--|');
      const agent = miniagent('agent', (ctx) => {
        ctx.reply(Message.stream(tokens));
        throw 'error';
      });
      expectMessages(of('x').pipe(agent)).toBe('m----#', { m: 'ab' });
      expectTokens(of('x').pipe(agent, mergeAll())).toBe('a-b--#');
      expectSubscriptions(tokens.subscriptions).toBe(['^----!', '^----!']);
    });
  });

  it('a message that fails fails alone: the others go on, and it completes after all of them', () => {
    marbles(({ cold, expectTokens }) => {
      const agent = miniagent('agent', () => [Message.stream(cold('-a--#')), Message.stream(cold('--b---|'))]);
      const tokens = mergeMap((message: MessagePromise) => message.pipe(catchError(() => of('x'))));
      expectTokens(of('x').pipe(agent, tokens)).toBe('-ab-x-|');
    });
  });

  it('unsubscribing cancels the run: its question, what it subscribed to, and its signal', () => {
    marbles(({ cold, expectMessages, expectObservable, expectSubscriptions }) => {
      const question = cold('q-----|');
      const source = cold('a-b-c-d|');
      const reasons = new Subject<unknown>();
      const agent = miniagent('agent', (ctx) => {
        ctx.reply(source);
        ctx.signal.onabort = () => reasons.next(ctx.signal.reason);
        return ctx.messages;
      });
      expectMessages(question.pipe(agent), '---!').toBe('a-b');
      expectObservable(reasons).toBe('---r', { r: new CancelledError('agent agent', 'its subscriber left') });
      expectSubscriptions(question.subscriptions).toBe('^--!');
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  it('unsubscribing cancels the tokens it still owes, when all messages have been sent', () => {
    marbles(({ cold, expectTokens, expectSubscriptions }) => {
      const tokens = cold('                           a-b-c-d|');
      const agent = miniagent('agent', () => Message.stream(tokens));
      expectTokens(of('x').pipe(agent, concatAll()), '---!').toBe('a-b-');
      expectSubscriptions(tokens.subscriptions).toBe('^--!');
    });
  });

  it('unsubscribing after its end cancels nothing', () => {
    marbles(({ cold, expectTokens, expectObservable }) => {
      const aborted = new Subject<unknown>();
      const agent = miniagent('agent', (ctx) => {
        ctx.signal.onabort = () => aborted.next('x');
        return cold('-a|');
      });
      expectTokens(of('x').pipe(agent, concatAll()), '^--!').toBe('-a|');
      expectObservable(aborted).toBe('');
    });
  });

  it('unsubscribing in the middle of a synchronous run stops it there', () => {
    const said: string[] = [];
    marbles(({ expectTokens }) => {
      const agent = miniagent('agent', function* () {
        for (const text of ['a', 'b', 'c']) {
          said.push(text);
          yield text;
        }
      });
      expectTokens(of('x').pipe(agent, take(1), concatAll())).toBe('(a|)');
    });
    expect(said).to.deep.equal(['a']);
  });

  it('starts no run where the subscriber has left already', () => {
    marbles(({ cold, expectMessages, expectSubscriptions }) => {
      const source = cold('a|');
      const agent = miniagent('agent', () => source);
      expectMessages(of('x').pipe(agent, take(0))).toBe('|');
      of('x').pipe(agent).subscribe().unsubscribe();
      expectSubscriptions(source.subscriptions).toBe([]);
    });
  });

  it('an agent in the middle of a pipe lets go of the one before it', () => {
    marbles(({ hot, cold, expectTokens, expectSubscriptions }) => {
      const question = hot('                            -q----r---|');
      const tokens = cold('                             a-b-c-d-e|');
      const leaf = miniagent('leaf', (ctx) => ctx.messages.pipe(map(() => Message.stream(tokens))));
      expectTokens(question.pipe(leaf, pass, pass, mergeAll()), '----!').toBe('-a-b');
      expectSubscriptions(question.subscriptions).toBe('^---!');
      expectSubscriptions(tokens.subscriptions).toBe('  -^--!');
    });
  });

  it('a question that never comes, comes late, comes empty', () => {
    marbles(({ cold, hot, expectTokens, expectSubscriptions }) => {
      const [never, late, empty] = [cold('-'), hot('a-b-c|'), cold('--|')];
      expectTokens(never.pipe(pass, concatAll())).toBe('-');
      expectTokens(late.pipe(pass, concatAll()), '---^').toBe('----c|');
      expectTokens(empty.pipe(pass, concatAll())).toBe('--|');
      expectSubscriptions(never.subscriptions).toBe('^');
      expectSubscriptions(late.subscriptions).toBe('---^-!');
    });
  });

  it('x$.pipe(agent) feeds one run', () => {
    let runs = 0;
    marbles(({ hot, expectTokens }) => {
      const agent = miniagent('agent', (ctx) => {
        runs++;
        return ctx.messages.pipe(
          concatMap((message) => message.whole$),
          map(({ text }) => text.toUpperCase()),
        );
      });
      expectTokens(hot('-a--b--c|').pipe(agent, concatAll())).toBe('-A--B--C|');
    });
    expect(runs).to.equal(1);
  });

  it('switchMap(agent): each question is a run of its own, and a new one cancels the old', () => {
    marbles(({ hot, cold, expectTokens, expectSubscriptions }) => {
      const questions = hot('                          -x----y------|');
      const answer = cold('                            a-b-c-d-e|');
      const agent = miniagent('agent', () => Message.stream(answer));
      const expected = '          -a-b-ca-b-c-d-e|';
      expectTokens(questions.pipe(switchMap(agent), concatAll())).toBe(expected);
      expectSubscriptions(answer.subscriptions).toBe(['-^----!', '------^--------!']);
    });
  });

  it('switchMap(agent) with messages that come one after the other', () => {
    marbles(({ hot, cold, expectTokens, expectSubscriptions }) => {
      const questions = hot('                          -x---y--|');
      const answer = cold('                            --a--b|');
      const answers = questions.pipe(switchMap(miniagent('agent', () => answer)), concatAll());
      expectTokens(answers).toBe('                     ---a---a--b|');
      expectSubscriptions(answer.subscriptions).toBe(['-^---!', '-----^-----!']);
    });
  });

  it('mergeMap(agent, 2) limits to two, to the end of their tokens', () => {
    marbles(({ cold, expectTokens, expectSubscriptions }) => {
      const answer = cold('        -----a|');
      const agent = miniagent('agent', () => Message.stream(answer));
      const expected = '           -----(aa)--(aa)--a|';
      expectTokens(of('1', '2', '3', '4', '5').pipe(mergeMap(agent, 2), mergeAll())).toBe(expected);
      const [first, second, third] = ['^-----!', '------^-----!', '------------^-----!'];
      expectSubscriptions(answer.subscriptions).toBe([first, first, second, second, third]);
    });
  });

  it('concatMap(agent) runs one after the other, exhaustMap(agent) leaves out what comes meanwhile', () => {
    marbles(({ hot, cold, expectTokens, expectSubscriptions }) => {
      const questions = hot('                         -x-y---z-|');
      const [one, other] = [cold('--a--|'), cold('--a--|')];
      const [agent, another] = [one, other].map((tokens) => miniagent('agent', () => Message.stream(tokens)));
      expectTokens(questions.pipe(concatMap(agent!), concatAll())).toBe('---a----a----a--|');
      expectTokens(questions.pipe(exhaustMap(another!), concatAll())).toBe('---a-----a--|');
      expectSubscriptions(one.subscriptions).toBe(['  -^----!', '------^----!', '-----------^----!']);
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

  it('a hot question is heard from the subscription on, not from the call', () => {
    marbles(({ hot, expectTokens, expectSubscriptions }) => {
      const question = hot('a-b-c-d');
      const replies = question.pipe(pass, concatAll());
      expectTokens(replies, '-^---!').toBe('--b-c');
      expectSubscriptions(question.subscriptions).toBe('-^---!');
    });
  });

  it('belongs to the MiniAgents that is active when it is subscribed to', () => {
    marbles(({ agent, cold, expectTokens }) => {
      const replies = agent('agent', '-a')('x');
      cold('--x').subscribe(() => here.miniAgents.cancel());
      expectTokens(replies.pipe(concatAll())).toBe('-a#', {}, new CancelledError('the MiniAgents'));
    });
  });
});
