import type { Samples } from './measure.js';
import type { Row } from './row.js';
import { judge, ratio, typical, type Verdict } from './verdict.js';

/** Prints what was measured of a row, and gives the verdicts on its aims. */
export function printRow(row: Row, samples: Samples): Verdict[] {
  console.log(`\n${row.name}  ${row.what} (limit: ${row.limit})`);
  for (const metric of new Set(row.aims.map((aim) => aim.metric))) printMetric(row, samples, metric);
  return row.aims.map((aim) => judge(aim, samples));
}

function printMetric(row: Row, samples: Samples, metric: string): void {
  const unit = row.units?.[metric] ?? 'µs';
  const aims = row.aims.filter((aim) => aim.metric === metric);
  const named = new Set(aims.flatMap((aim) => [...(aim.against === undefined ? [] : [aim.against]), ...aim.ours]));
  console.log(`  ${metric === 'cpu' ? 'CPU' : metric}`);
  for (const name of named) {
    const against = new Set(aims.filter((aim) => aim.ours.includes(name)).map((aim) => aim.against));
    const ratios = [...against].map((other) =>
      other === undefined ? '' : `${number(ratio(samples, name, other, metric))} × ${other}`,
    );
    console.log(
      `    ${name.padEnd(48)} ${number(typical(samples, name, metric)).padStart(8)} ${unit}  ${ratios.join(', ')}`,
    );
  }
}

/** Prints the table of all aims. */
export function printTable(rows: readonly { readonly row: Row; readonly verdicts: readonly Verdict[] }[]): void {
  const lines = [['', '', 'limit', 'aim', 'measured', '', 'the worst of ours']];
  for (const { row, verdicts } of rows)
    for (const { aim, value, met, worst } of verdicts)
      lines.push([row.name, aim.what, row.limit, `≤ ${aim.atMost}`, number(value), met ? 'met' : 'not met', worst]);
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length))) ?? [];
  console.log();
  for (const line of lines)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
