// npm run bench [-- row …]: what is claimed, measured side by side in one run. See bench/README.md.
import { cpus } from 'node:os';
import { measure } from './harness/measure.js';
import { printRow, printTable } from './harness/print.js';
import { rows } from './rows.js';

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const chosen = rows.filter((row) => wanted.length === 0 || wanted.some((name) => row.name.startsWith(name)));
  if (chosen.length === 0) throw new Error(`no such row; there are ${rows.map((row) => row.name).join(', ')}`);
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}; the built package; medians`);
  const judged = [];
  for (const row of chosen) judged.push({ row, verdicts: printRow(row, await measure(row)) });
  printTable(judged);
  const missed = judged.flatMap(({ verdicts }) => verdicts).filter(({ met }) => !met).length;
  console.log(
    `\n${missed === 0 ? 'All aims are met.' : `${missed} not met.`} ${Math.round(performance.now() / 1000)} s`,
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
