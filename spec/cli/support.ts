import { runCommand } from '../../lib/cli/run-command.node.js';

/** What a command gave: what it ended with, and what it wrote. */
export interface Given {
  readonly code: number;
  readonly out: string;
  readonly log: string;
}

/** Runs a command in this process, in a terminal that is so many columns wide. */
export async function command(args: string[], { input = '', columns }: { input?: string; columns?: number } = {}) {
  let [out, log] = ['', ''];
  const code = await runCommand(args, {
    stdin: (async function* () {
      yield input;
    })(),
    stdout: { write: (text) => (out += text), ...(columns !== undefined && { columns }) },
    stderr: { write: (text) => (log += text) },
  });
  return { code, out, log } satisfies Given;
}
