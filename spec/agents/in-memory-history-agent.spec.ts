import { expect } from 'chai';
import { is, List } from 'immutable';
import { CancelledError, InvalidArgumentError, Message, miniagent } from 'miniagents';
import { EndOfLoop, inMemoryHistoryAgent } from 'miniagents/agents';
import { concatAll, delay, map, of, timer } from 'rxjs';
import { inside, marbles, rejection, texts } from '../laws/support.js';

const recalled = (history: ReturnType<typeof inMemoryHistoryAgent>) => texts(history.inquire(null, { full: true }));

describe('inMemoryHistoryAgent (B130)', () => {
  const here = inside();

  it('passes on what it is sent, and nothing else', async () => {
    const history = inMemoryHistoryAgent();
    expect(await texts(history.inquire(['a', 'b']))).to.deep.equal(['a', 'b']);
    expect(await texts(history.inquire('c'))).to.deep.equal(['c']);
  });

  it('with full it replies with all that it remembers, and after that with what it is sent', async () => {
    const history = inMemoryHistoryAgent();
    await history.inquire(['a', 'b']).resolve();
    expect(await texts(history.inquire('c', { full: true }))).to.deep.equal(['a', 'b', 'c']);
    expect(await texts(history.inquire('d', { full: true }))).to.deep.equal(['a', 'b', 'c', 'd']);
  });

  it('asked with nothing, it recalls: nothing, one, many', async () => {
    const history = inMemoryHistoryAgent();
    expect(await recalled(history)).to.deep.equal([]);
    await history.inquire('a').resolve();
    expect(await recalled(history)).to.deep.equal(['a']);
    const many = Array.from({ length: 10_000 }, (_, i) => `${i}`);
    await history.inquire([of('late').pipe(delay(1)), many]).resolve();
    expect(await recalled(history)).to.deep.equal(['a', 'late', ...many]);
  });

  it('keeps messages as they were', async () => {
    const history = inMemoryHistoryAgent();
    const message = new Message({ text: 'a', role: 'user', name: 'ann', data: { deep: { list: [1] } } });
    await history.inquire(message).resolve();
    expect(is(await history.inquire(null, { full: true }).resolve(), List([message]))).to.equal(true);
  });

  it('each has a list of its own, which its forks share', async () => {
    const [one, other] = [inMemoryHistoryAgent(), inMemoryHistoryAgent()];
    await one.inquire('a').resolve();
    expect(await recalled(other)).to.deep.equal([]);
    expect(await texts(one.fork({ full: true }).inquire('b'))).to.deep.equal(['a', 'b']);
    expect(await recalled(one)).to.deep.equal(['a', 'b']);
  });

  it('passes the same promises on, and tokens take no time', () => {
    marbles(({ cold, expectObservable }) => {
      const history = inMemoryHistoryAgent().fork({ full: true });
      const message = Message.stream(cold('a-b-c|'));
      expectObservable(of(message).pipe(history, concatAll())).toBe('a-b-c|');
      const isTheSame$ = of(message).pipe(
        history,
        map((passed) => passed === message),
      );
      expectObservable(isTheSame$).toBe('t----|', { t: true });
    });
  });

  it('remembers what was whole when it was cancelled, and not the rest', () => {
    marbles(({ tokens, expectMessages, expectObservable }) => {
      const history = inMemoryHistoryAgent();
      const recalled$ = history.fork({ full: true })([]);
      const replies = history.inquire(['a', tokens('-x'), 'b']);
      timer(2).subscribe(() => replies.cancel());
      expectObservable(replies.whole$).toBe('--#', {}, new CancelledError('agent inMemoryHistoryAgent'));
      expectMessages(recalled$, '-^').toBe('-|');
      expectMessages(recalled$, '---^').toBe('---(ab|)');
    });
  });

  it('an error stands where it stood, and is not remembered; what is beside it is', async () => {
    const history = inMemoryHistoryAgent();
    const failing = ['a', of('slow').pipe(delay(1)), new RangeError('boom'), 'b'];
    const replies = history.inquire(failing, { full: true });
    expect(await rejection(replies.resolve())).to.be.instanceOf(RangeError);
    expect(await texts(replies.errorsAsMessages())).to.deep.equal(['a', 'slow', 'RangeError: boom', 'b']);
    expect(await recalled(history)).to.deep.equal(['a', 'slow', 'b']);
  });

  it('an error that nobody reads is reported, though its neighbours are remembered', async () => {
    const history = inMemoryHistoryAgent();
    const boom = new RangeError('boom');
    history.inquire(['a', boom]);
    await here.end();
    expect(here.takeReported()).to.deep.equal([boom]);
  });

  it('does not remember signs that a loop is to end, and passes them on', async () => {
    const history = inMemoryHistoryAgent();
    const replies = await history.inquire(['a', new EndOfLoop()], { full: true }).resolve();
    expect(replies.last()).to.be.instanceOf(EndOfLoop);
    expect(await recalled(history)).to.deep.equal(['a']);
  });

  it('of several calls at once, each is remembered in one piece', () => {
    marbles(({ cold, expectMessages }) => {
      const history = inMemoryHistoryAgent();
      expectMessages(history.inquire(cold('s---t|'))).toBe('s---t|');
      expectMessages(history.inquire(cold('-f-g|'))).toBe('-f-g|');
      expectMessages(history.fork({ full: true })([]), '------^').toBe('------(fgst|)');
    });
  });

  it('is called as it is told', () => {
    expect(inMemoryHistoryAgent().name).to.equal('inMemoryHistoryAgent');
    expect(inMemoryHistoryAgent({ name: 'memory', description: 'Remembers.' })).to.include({
      name: 'memory',
      description: 'Remembers.',
    });
  });

  it('takes true or false only', async () => {
    const error = await rejection(
      inMemoryHistoryAgent()
        .inquire('a', { full: 'yes' as never })
        .resolve(),
    );
    expect(error)
      .to.be.instanceOf(InvalidArgumentError)
      .with.property('message', 'expected true or false as full; got "yes" (string)');
  });

  it('works inside other agents', async () => {
    const history = inMemoryHistoryAgent();
    const boss = miniagent('boss', (ctx) => ctx.inquire(history, ctx.messages, { full: true }));
    await boss.inquire('a').resolve();
    expect(await texts(boss.inquire('b'))).to.deep.equal(['a', 'b']);
  });
});
