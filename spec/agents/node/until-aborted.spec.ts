import { expect } from 'chai';
import { asyncMarbles } from 'miniagents/testing';
import { defer, timer } from 'rxjs';
import { Message } from '../../../lib/index.js';
import type { MessagePromise } from '../../../lib/index.js';
import { untilAborted } from '../../../lib/agents/node/until-aborted.js';

describe('untilAborted', () => {
  it('gives all there is, if it is not aborted', async () => {
    const read: string[] = [];
    for await (const token of untilAborted(Message.stream(['a', 'b']), new AbortController().signal)) read.push(token);
    expect(read).to.deep.equal(['a', 'b']);
  });

  it('ends at once when it is aborted, while it waits, and before it begins', async () => {
    await asyncMarbles(({ tokens, expectObservable }) => {
      const controller = new AbortController();
      timer(2).subscribe(() => controller.abort());
      const read = (message: MessagePromise) => defer(() => untilAborted(message, controller.signal));
      expectObservable(read(tokens('-a-b|'))).toBe('-a|');
      expectObservable(read(tokens('ab|')), '---^').toBe('---|');
    });
  });

  it('lets go of what it iterates over when it is left', async () => {
    const left: string[] = [];
    async function* endless() {
      try {
        for (;;) yield 'more';
      } finally {
        left.push('left');
      }
    }
    for await (const item of untilAborted(endless(), new AbortController().signal)) {
      left.push(item);
      break;
    }
    expect(left).to.deep.equal(['more', 'left']);
  });
});
