import { expect } from 'chai';
import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { MessageStore } from 'miniagents/store';
import { all, expectSame } from './cases.js';
import { messageOf } from './programs/writing.js';
import { bundleProgram, startProgram } from './run-program.js';

/** What one process was told to be durable before it was killed. */
interface Round {
  readonly conversation: string;
  readonly acknowledged: ReadonlySet<number>;
}

/** Has a process write, and kills it at a random moment. */
async function killOnce(program: string, store: string, location: string, conversation: string): Promise<Round> {
  const { child, printed, ended, begun } = startProgram([program, store, location, conversation]);
  await begun;
  await setTimeout(Math.random() * 25);
  child.kill('SIGKILL');
  const { signal } = await ended;
  expect({ signal, log: printed.log }).to.deep.equal({ signal: 'SIGKILL', log: '' });
  const acknowledged = new Set<number>();
  for (const [, from, to] of printed.out.matchAll(/^(\d+) (\d+)$/gm))
    for (let number = Number(from); number < Number(to); number++) acknowledged.add(number);
  return { conversation, acknowledged };
}

/** Everything acknowledged is there, and whatever is there is whole: as it was written. */
async function check(store: MessageStore, { conversation, acknowledged }: Round): Promise<void> {
  const replayed = await all(store.replay(conversation));
  const numbers = replayed.map(({ text }) => Number(text.split(' ')[1]));
  expectSame(replayed, numbers.map(messageOf));
  const missing = [...acknowledged].filter((number) => !numbers.includes(number));
  expect(missing, `acknowledged in ${conversation}, and lost`).to.deep.equal([]);
  const some = messageOf(numbers[randomInt(numbers.length)] ?? 0);
  for (const message of [...some.subMessages(), some]) expectSame([await store.get(message.hashKey)], [message]);
}

/** Kills so many writing processes, several of them at the same location one after the other, and looks what is left. */
export async function kill(
  store: string,
  times: number,
  locate: () => string,
  open: (location: string) => MessageStore,
) {
  const program = await bundleProgram('writer');
  const perLocation = 10;
  let left = times / perLocation;
  const lane = async () => {
    while (left-- > 0) {
      const location = locate();
      const rounds: Round[] = [];
      for (let number = 0; number < perLocation; number++)
        rounds.push(await killOnce(program, store, location, `${randomInt(1e12)}`));
      const opened = open(location);
      for (const round of rounds) await check(opened, round);
      await opened.close();
      total += rounds.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
    }
  };
  let total = 0;
  await Promise.all([lane(), lane(), lane()]);
  expect(total).to.be.greaterThan(times);
}
