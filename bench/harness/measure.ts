import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Row, Sample } from './row.js';

/** The samples of each contender, one of each round: the same index in all is the same time. */
export type Samples = Readonly<Record<string, readonly Sample[]>>;

/** Has the contenders of a row take turns, each in a process of its own, after warming up two at a time. */
export async function measure(row: Row): Promise<Samples> {
  const fixture = await row.fixture?.();
  const names = Object.keys(row.contenders);
  const processes = names.map((name) =>
    fork(join(__dirname, 'contender-process.js'), [row.name, name, fixture?.at ?? ''], {
      execArgv: [...(row.execArgv ?? [])],
    }),
  );
  try {
    await Promise.all(processes.map(answer));
    await warmUp(processes, row.warmUpMs ?? 1200);
    return await takeTurns(row, names, processes);
  } finally {
    for (const contender of processes) contender.kill();
    fixture?.stop();
  }
}

async function warmUp(processes: readonly ChildProcess[], warmUpMs: number): Promise<void> {
  if (warmUpMs === 0) return;
  const cold = [...processes];
  const warmUpNext = async () => {
    for (let next = cold.shift(); next; next = cold.shift()) await takeTurn(next, warmUpMs);
  };
  await Promise.all([warmUpNext(), warmUpNext()]);
}

async function takeTurns(row: Row, names: readonly string[], processes: readonly ChildProcess[]): Promise<Samples> {
  const samples: Record<string, Sample[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < (row.rounds ?? 7); round++) {
    for (const [index, contender] of processes.entries())
      samples[names[index] as string]?.push(await takeTurn(contender, row.turnMs ?? 100));
  }
  return samples;
}

async function takeTurn(contender: ChildProcess, turnMs: number): Promise<Sample> {
  contender.send(turnMs);
  return (await answer(contender)) as Sample;
}

/** The next message; an error if the process ends instead. */
async function answer(contender: ChildProcess): Promise<unknown> {
  const listening = new AbortController();
  const { signal } = listening;
  try {
    const ended = once(contender, 'exit', { signal }).then(() => {
      throw new Error(`a contender has failed: ${contender.spawnargs.slice(-3).join(', ')}`);
    });
    const [message] = (await Promise.race([once(contender, 'message', { signal }), ended])) as unknown[];
    return message;
  } finally {
    listening.abort();
  }
}
