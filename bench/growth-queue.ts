import { Subject } from 'rxjs';
import type { Contender, Make, Row } from './harness/row.js';
import { readAll } from './fixtures/readers.js';
import { expectCount } from './fixtures/words.js';

async function queueing(count: number): Promise<Contender> {
  const { miniagent } = await import('miniagents');
  const run = async () => {
    const slow = new Subject<string>();
    const agent = miniagent('agent', (ctx) => {
      ctx.reply(slow);
      for (let index = 0; index < count; index++) ctx.reply('reply');
      // It comes when everything else has been queued.
      setImmediate(() => slow.complete());
    });
    let read = 0;
    await readAll(agent.inquire().tokens$, () => read++);
    expectCount(read, count);
  };
  return { units: count, run };
}

const sizes = ['1000', '10000', '100000'];

export const queue: Row = {
  name: 'Growth: queue',
  what: 'replies queued behind a slow one: CPU per reply',
  limit: '1.0',
  contenders: Object.fromEntries(sizes.map((size): [string, Make] => [size, () => queueing(Number(size))])),
  aims: [{ what: 'CPU × with 1,000', metric: 'cpu', ours: ['10000', '100000'], against: '1000', atMost: 1.5 }],
};
