// The process of one contender: node contender-process.js row contender at. Each message asks for a turn of so many ms.
import { rows } from '../rows.js';
import type { Contender, Sample } from './row.js';

const [, , rowName, contenderName, at = ''] = process.argv;
const rssBefore = process.memoryUsage.rss();

async function main(): Promise<void> {
  const make = rows.find((row) => row.name === rowName)?.contenders[contenderName ?? ''];
  if (!make) throw new Error(`no contender ${contenderName} in row ${rowName}`);
  const contender = await make(at);
  process.on('message', (turnMs: number) => {
    turn(contender, turnMs).then((sample) => process.send?.(sample), fail);
  });
  process.send?.('ready');
}

/** Runs it again and again until it has used so much CPU time, and tells the means. Wall time would tell of other programs. */
async function turn(contender: Contender, turnMs: number): Promise<Sample> {
  const sums: Record<string, number> = {};
  const start = process.cpuUsage();
  let runs = 0;
  do {
    for (const [metric, value] of Object.entries(await runOnce(contender))) sums[metric] = (sums[metric] ?? 0) + value;
    runs++;
  } while (cpuMicroseconds(start) < turnMs * 1000);
  return Object.fromEntries(Object.entries(sums).map(([metric, sum]) => [metric, sum / runs]));
}

async function runOnce(contender: Contender): Promise<Sample> {
  const prepared = (await contender.prepare?.()) as never;
  const before = process.cpuUsage();
  const told = await contender.run(prepared);
  const cpu = cpuMicroseconds(before) / (contender.units ?? 1);
  return { cpu, peak: peakMegabytes(), ...told };
}

function cpuMicroseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return user + system;
}

/** By how much the process has ever been larger than it was at the start. */
function peakMegabytes(): number {
  return process.resourceUsage().maxRSS / 1024 - rssBefore / 2 ** 20;
}

function fail(error: unknown): void {
  console.error(`${rowName}, ${contenderName}:`, error);
  process.exit(1);
}

main().catch(fail);
