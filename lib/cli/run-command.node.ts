import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MiniAgentsError } from '../errors/mini-agents-error.js';
import { CommandError } from './command-error.node.js';
import { diagram, diagramHelp } from './diagram.node.js';

/** What a command reads and writes: of a process, what is used of it. */
export interface Terminal {
  readonly stdin: AsyncIterable<string | Uint8Array>;
  readonly stdout: { write(text: string): unknown; readonly columns?: number };
  readonly stderr: { write(text: string): unknown };
}

const HELP = `Usage: miniagents <command> [options]

Commands:
  diagram <recording>   draw a recorded run

Options:
  -h, --help            show this, or what a command takes: miniagents diagram --help
  -v, --version         show the version

${diagramHelp}`;

/**
 * Runs a command.
 *
 * @returns what the process is to end with: 0; 1 if something went wrong; 2 if the command was not written as it has to be.
 */
export async function runCommand(given: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await choose(given, terminal);
    return 0;
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof MiniAgentsError)) throw error;
    terminal.stderr.write(`miniagents: ${error.message.replace(/[\s\p{Cc}]+/gu, ' ')}\n`);
    return error instanceof CommandError ? error.exitCode : 1;
  }
}

async function choose([command, ...rest]: readonly string[], terminal: Terminal): Promise<void> {
  switch (command) {
    case 'diagram':
      return diagram(rest, terminal);
    case '-h':
    case '--help':
    case 'help':
      return void terminal.stdout.write(HELP);
    case '-v':
    case '--version':
      return void terminal.stdout.write(`${version()}\n`);
    case undefined:
      throw new CommandError('expected a command: miniagents --help tells which there are', 2);
    default:
      throw new CommandError(
        `no such ${command.startsWith('-') ? 'option' : 'command'}: ${command}; see miniagents --help`,
        2,
      );
  }
}

/** This file is in lib/cli, or in dist/cjs/cli. */
function version(): string {
  for (const up of ['../..', '../../..']) {
    const text = attempt(() => readFileSync(join(__dirname, up, 'package.json'), 'utf8'));
    const { name, version } = JSON.parse(text ?? '{}') as { name?: string; version?: string };
    if (name === 'miniagents' && version) return version;
  }
  throw new CommandError('cannot find its own package.json', 1);
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
