import { expect } from 'chai';
import { CancelledError, InvalidArgumentError, Message, MiniAgents, miniagent } from 'miniagents';
import { agentLoop, AWAIT, CLEAR, EndOfLoop, LoopInterruptedError } from 'miniagents/agents';
import type { Step } from 'miniagents/agents';
import { concatMap, delay, firstValueFrom, map, of, takeUntil, timer } from 'rxjs';
import { forEachStart, inside, marbles, rejection, texts } from '../laws/support.js';
import { adding, heard, speaker } from './support.js';

const add = adding('add', '1');
const isLong = (length: number) => (messages: Iterable<Message>) =>
  [...messages].some(({ text }) => text.length >= length);

describe('agentLoop (B126)', () => {
  forEachStart(() => {
    it('goes round until it is told to end, and replies with what was said then', async () => {
      expect(await texts(agentLoop([add, AWAIT], { until: isLong(5) }).inquire('q'))).to.deep.equal(['q1111']);
      expect(await texts(agentLoop([AWAIT, add], { until: isLong(5) }).inquire('q'))).to.deep.equal(['q1111']);
      expect(await texts(agentLoop([add, null, AWAIT, add], { until: isLong(5) }).inquire('q'))).to.deep.equal([
        'q11111',
      ]);
    });

    it('ends when an agent has nothing to say', async () => {
      const agent = speaker('speaker', ['a', ['b', 'c']]);
      expect(await texts(agentLoop([agent, AWAIT]).inquire('q'))).to.deep.equal([]);
      expect(heard(agent)).to.deep.equal([['q'], ['a'], ['b', 'c']]);
    });

    it('ends at an EndOfLoop, which it keeps to itself', async () => {
      const agent = speaker('speaker', ['a', ['b', new EndOfLoop(), 'c']]);
      expect(await texts(agentLoop([agent, AWAIT]).inquire('q'))).to.deep.equal(['b', 'c']);
    });
  });

  const here = inside();

  it('what an EndOfLoop says beside that is said', async () => {
    const end = EndOfLoop.stream(of('by', 'e'), { role: 'user', name: 'ann' });
    const agent = speaker('speaker', [end]);
    const [message] = await agentLoop([agent, AWAIT]).inquire().resolve();
    expect(message).to.not.be.instanceOf(EndOfLoop);
    expect(message).to.include({ text: 'bye', role: 'user', name: 'ann' });
  });

  it('an EndOfLoop ends the innermost loop', async () => {
    const inner = speaker('inner', ['a', ['b', new EndOfLoop()], 'c', ['d', new EndOfLoop()], 'e']);
    const outer = speaker('outer', ['x', ['y', new EndOfLoop()]]);
    await agentLoop([agentLoop([inner, AWAIT]), outer, AWAIT])
      .inquire('q')
      .resolve();
    expect(heard(outer)).to.deep.equal([['b'], ['d']]);
  });

  it('until is not asked about what the loop is asked', async () => {
    const asked: string[][] = [];
    const until = (messages: Iterable<Message>) => asked.push([...messages].map(String)) === 2;
    await agentLoop([AWAIT, add], { until }).inquire('q').resolve();
    expect(asked).to.deep.equal([['q1'], ['q11']]);
    const agent = speaker('speaker', ['a']);
    expect(await texts(agentLoop([AWAIT, agent]).inquire()), 'a silent question').to.deep.equal([]);
    expect(heard(agent)).to.deep.equal([[], ['a']]);
  });

  it('passes the same promises on at its end', async () => {
    const message = Message.stream(of('a'));
    const say = miniagent('say', () => message);
    expect(await firstValueFrom(agentLoop([say, AWAIT], { until: () => true }).inquire())).to.equal(message);
  });

  it('with CLEAR each round begins anew', async () => {
    const agent = speaker('speaker', ['a', 'b']);
    await agentLoop([agent, AWAIT, CLEAR]).inquire('q').resolve();
    expect(heard(agent)).to.deep.equal([['q'], [], []]);
  });

  it('goes on in the frame in which it can', () => {
    marbles(({ expectObservable }) => {
      const slow = miniagent('slow', (ctx) =>
        ctx.messages.pipe(
          concatMap((message) => message.whole$),
          map(({ text }) => `${text}1`),
          delay(3),
        ),
      );
      const loop = agentLoop([slow, AWAIT], { until: isLong(3) });
      const texts$ = of('').pipe(
        loop,
        concatMap(({ whole$ }) => whole$),
        map(String),
      );
      expectObservable(texts$).toBe('---------(r|)', { r: '111' });
    });
  });

  it('whoever leaves stops it', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const tick = cold('--(t|)');
      const loop = agentLoop([miniagent('tick', () => tick), AWAIT]);
      expectObservable(of('').pipe(loop), '^----!').toBe('-');
      expectSubscriptions(tick.subscriptions).toBe(['^-!', '--^-!', '----^!']);
    });
  });

  it('cancel() and signals stop it', () => {
    marbles(({ cold, expectTokens, expectSubscriptions }) => {
      const source = cold('-');
      const controller = new AbortController();
      const loop = agentLoop([miniagent('silent', () => source), AWAIT], { name: 'loop' });
      const [one, other] = [loop.inquire(), loop.inquire(null, { signal: controller.signal })];
      timer(2).subscribe(() => one.cancel());
      timer(4).subscribe(() => controller.abort('enough'));
      expectTokens(one).toBe('--#', {}, new CancelledError('agent loop'));
      expectTokens(other).toBe('----#', {}, new CancelledError('the inquiry', 'enough'));
      expectSubscriptions(source.subscriptions).toBe(['^-!', '^---!']);
    });
  });

  it('whoever leaves stops it also where its agents never wait', async () => {
    let asked = 0;
    const ready = miniagent('ready', () => `${++asked}`);
    const loop = agentLoop([ready, AWAIT], { until: () => asked === 5000 });
    await firstValueFrom(loop([]).pipe(takeUntil(timer(1))), { defaultValue: undefined });
    expect(asked).to.be.lessThan(5000);
  });

  it('an error ends it, at its place', async () => {
    const agent = speaker('speaker', ['a', ['b', new RangeError('boom')], 'c']);
    const replies = agentLoop([agent, AWAIT]).inquire();
    expect(await texts(replies.errorsAsMessages())).to.deep.equal(['b', 'RangeError: boom']);
    expect(await rejection(replies.resolve())).to.be.instanceOf(RangeError);
  });

  it('what until throws is its failure', async () => {
    const until = () => {
      throw new RangeError('boom');
    };
    expect(await rejection(agentLoop([add, AWAIT], { until }).inquire().resolve())).to.be.instanceOf(RangeError);
  });

  it('an interruption is an error', async () => {
    const agent = speaker('speaker', ['a', ['b', new LoopInterruptedError('enough')]]);
    const error = await rejection(agentLoop([agent, AWAIT]).inquire().resolve());
    expect(error).to.be.instanceOf(LoopInterruptedError);
  });

  it('an interruption that nobody reads is reported', async () => {
    const error = new LoopInterruptedError();
    agentLoop([speaker('speaker', [error]), AWAIT]).inquire();
    await here.miniAgents.finalize();
    expect(here.takeReported()).to.deep.equal([error]);
  });

  it('an interruption ends it where errors are messages, too; other errors do not', async () => {
    const agent = speaker('speaker', ['a', new RangeError('boom'), 'c', new LoopInterruptedError()]);
    const replies = await new MiniAgents({ errorsAsMessages: true }).run(() => agentLoop([agent, AWAIT]).inquire());
    expect(replies.map(String).toArray()).to.deep.equal(['LoopInterruptedError: the loop was interrupted']);
    expect(heard(agent)).to.deep.equal([[], ['a'], ['RangeError: boom'], ['c']]);
  });

  it('may go round for long: it neither overflows the stack nor keeps what was', async () => {
    let round = 0;
    const count = miniagent('count', () => `${++round}`);
    const until = (messages: Iterable<Message>) => [...messages].some(({ text }) => text === '20000');
    expect(await texts(agentLoop([count, AWAIT], { until }).inquire())).to.deep.equal(['20000']);
  });

  it('is called by what it is made of, or as it is told', () => {
    expect(agentLoop([add, AWAIT]).name).to.equal('agentLoop(add, AWAIT)');
    expect(agentLoop([add, AWAIT], { name: 'round', description: 'Goes round.' })).to.include({
      name: 'round',
      description: 'Goes round.',
    });
  });

  it('needs an AWAIT and an agent, or it would never end', () => {
    const wrong: Step[][] = [[], [add], [AWAIT], [add, CLEAR], [AWAIT, CLEAR, null]];
    for (const agents of wrong)
      expect(() => agentLoop(agents)).to.throw(
        InvalidArgumentError,
        'expected an AWAIT and an agent in the loop, or its turns would be scheduled forever',
      );
    expect(() => agentLoop([add, AWAIT, 'CLEAR' as never])).to.throw(InvalidArgumentError, 'as number 3 of the agents');
    expect(() => agentLoop([add, AWAIT], { until: 'bye' as never })).to.throw(InvalidArgumentError, 'until');
  });
});
