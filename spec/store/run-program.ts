import { build } from 'esbuild';
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(__dirname, '../..');
/** A program gets the library from where this process has it: the source, or the build. */
const fromSource = process.execArgv.some((option) => option.includes('miniagents-source'));

/** Makes one file of a program of spec/store/programs: Node starts it several times as fast as through ts-node. */
export async function bundleProgram(name: string): Promise<string> {
  const version = createHash('sha256').update(`${process.pid}`).digest('hex').slice(0, 8);
  const outfile = join(root, 'node_modules/.cache/miniagents/programs', `${name}-${version}.cjs`);
  await mkdir(join(root, 'node_modules/.cache/miniagents/programs'), { recursive: true });
  await build({
    entryPoints: [join(__dirname, 'programs', `${name}.ts`)],
    bundle: true,
    platform: 'node',
    conditions: fromSource ? ['miniagents-source'] : [],
    external: ['libsql', 'pg', 'pg-native'],
    minify: true,
    logLevel: 'error',
    outfile,
  });
  return outfile;
}

/** A program that runs: what it has printed, and its end. */
export function startProgram(
  args: readonly string[],
  { command = process.execPath, ...options }: SpawnOptions & { command?: string } = {},
) {
  const child: ChildProcess = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  const printed = { out: '', log: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (printed.out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (printed.log += text));
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const begun = new Promise<void>((resolve) => child.stdout?.once('data', () => resolve()));
  return { child, printed, ended, begun: Promise.race([begun, ended]) };
}
