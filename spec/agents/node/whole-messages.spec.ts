import { expect } from 'chai';
import { asyncMarbles } from 'miniagents/testing';
import { defer, from, map, timer } from 'rxjs';
import { MessageSequence, miniagent, MiniAgents } from '../../../lib/index.js';
import type { MessageType } from '../../../lib/index.js';
import { wholeMessages } from '../../../lib/agents/node/whole-messages.js';

async function textsOf(messages: MessageSequence, signal = new AbortController().signal): Promise<string[]> {
  const texts: string[] = [];
  for await (const { text } of wholeMessages(messages, signal)) texts.push(text);
  return texts;
}

describe('wholeMessages', () => {
  it('gives messages in order, each when it is whole and not earlier', async () => {
    await asyncMarbles(({ cold, tokens, expectObservable }) => {
      const sent = [tokens('-f-i|', {}, { f: 'fir', i: 'st' }), tokens('-s|'), 't'];
      const messages = MessageSequence.from(cold('a---------|', { a: sent }));
      const read$ = from(wholeMessages(messages, new AbortController().signal)).pipe(map(({ text }) => text));
      expectObservable(read$).toBe('----(fst)-|', { f: 'first' });
    });
  });

  it('leaves out what fails, goes on after it, and leaves it to others to be told', async () => {
    const unhandled: unknown[] = [];
    const miniAgents = new MiniAgents({ onUnhandledError: (error) => unhandled.push(String(error)) });
    const texts = await asyncMarbles(({ tokens }) => {
      const broken = () => tokens('h#', {}, {}, new RangeError('in mid-text'));
      const faulty = miniagent('faulty', () => ['before', broken(), new RangeError('between'), 'after']);
      return miniAgents.run(() => textsOf(faulty.inquire(null, { startSoon: true })));
    });
    expect(texts).to.deep.equal(['before', 'after']);
    expect(unhandled).to.have.members(['RangeError: between', 'RangeError: in mid-text']);
  });

  it('ends when it is aborted, in mid-message too', async () => {
    await asyncMarbles(({ tokens, cold, expectObservable }) => {
      const controller = new AbortController();
      timer(2).subscribe(() => controller.abort());
      const read = (...messages: MessageType[]) =>
        defer(() => wholeMessages(MessageSequence.from(messages), controller.signal)).pipe(map(({ text }) => text));
      expectObservable(read('w', tokens('-a-b|'))).toBe('w-|');
      expectObservable(read(cold('-')), '---^').toBe('---|');
    });
  });
});
