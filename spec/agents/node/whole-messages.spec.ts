import { expect } from 'chai';
import { Subject } from 'rxjs';
import { Message, MessageSequence, miniagent, MiniAgents } from '../../../lib/index.js';
import { wholeMessages } from '../../../lib/agents/node/whole-messages.js';

async function textsOf(messages: MessageSequence, signal = new AbortController().signal): Promise<string[]> {
  const texts: string[] = [];
  for await (const { text } of wholeMessages(messages, signal)) texts.push(text);
  return texts;
}

describe('wholeMessages', () => {
  it('gives messages in order, each when it is whole and not earlier', async () => {
    const [first$, second$] = [new Subject<string>(), new Subject<string>()];
    const sent$ = new Subject<Message | object>();
    const messages = MessageSequence.from(sent$ as never);
    const read = wholeMessages(messages, new AbortController().signal);
    sent$.next([Message.stream(first$), Message.stream(second$), 'third']);
    second$.next('second');
    second$.complete();
    const one = read.next();
    first$.next('fir');
    first$.next('st');
    first$.complete();
    expect((await one).value?.text).to.equal('first');
    expect((await read.next()).value?.text).to.equal('second');
    expect((await read.next()).value?.text).to.equal('third');
    const end = read.next();
    sent$.complete();
    expect((await end).done).to.equal(true);
  });

  it('leaves out what fails, goes on after it, and leaves it to others to be told', async () => {
    const unhandled: unknown[] = [];
    const miniAgents = new MiniAgents({ onUnhandledError: (error) => unhandled.push(String(error)) });
    const faulty = miniagent('faulty', (ctx) => {
      const broken$ = new Subject<string>();
      ctx.reply(['before', Message.stream(broken$), new RangeError('between'), 'after']);
      broken$.next('half');
      broken$.error(new RangeError('in mid-text'));
    });
    const texts = await miniAgents.run(() => textsOf(faulty.inquire(null, { startSoon: true })));
    expect(texts).to.deep.equal(['before', 'after']);
    expect(unhandled).to.have.members(['RangeError: between', 'RangeError: in mid-text']);
  });

  it('ends when it is aborted, in mid-message too', async () => {
    const controller = new AbortController();
    const silent = MessageSequence.from(['whole', Message.stream(new Subject<string>())]);
    const read = wholeMessages(silent, controller.signal);
    expect((await read.next()).value?.text).to.equal('whole');
    const next = read.next();
    controller.abort();
    expect((await next).done).to.equal(true);
    expect(await textsOf(MessageSequence.from(new Subject<string>()), controller.signal)).to.deep.equal([]);
    silent.cancel();
  });
});
