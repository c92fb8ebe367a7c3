import { Subject } from 'rxjs';
import type { Contender, Make, Row } from './harness/row.js';
import { expectCount, words } from './fixtures/words.js';

const TOKENS = 20_000;
const tokens = words(TOKENS);

/** What the tokens come out of, and how many have arrived at the other end. */
interface Pipe {
  readonly source: Subject<string>;
  arrived: number;
}

async function nested(levels: number): Promise<Contender> {
  const { Message, miniagent } = await import('miniagents');
  const prepare = async () => {
    const pipe: Pipe = { source: new Subject(), arrived: 0 };
    let top = miniagent('leaf', () => Message.stream(pipe.source));
    for (let level = 1; level < levels; level++) {
      const inner = top;
      top = miniagent(`level ${level}`, (ctx) => inner.inquire(ctx.messages));
    }
    top.inquire('question').tokens$.subscribe(() => pipe.arrived++);
    await new Promise(setImmediate);
    return pipe;
  };
  const run = (pipe: Pipe) => {
    for (const token of tokens) pipe.source.next(token);
    expectCount(pipe.arrived, TOKENS);
  };
  return { units: TOKENS, prepare, run };
}

const depths = ['1', '10', '100'];

export const depth: Row = {
  name: 'Growth: depth',
  what: 'tokens through nested agents that are there: CPU per token',
  limit: '1.0',
  contenders: Object.fromEntries(depths.map((levels): [string, Make] => [levels, () => nested(Number(levels))])),
  aims: [{ what: 'CPU × with 1 level', metric: 'cpu', ours: ['10', '100'], against: '1', atMost: 1.2 }],
};
