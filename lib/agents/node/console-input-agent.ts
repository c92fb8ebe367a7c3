import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import type { MiniAgent, MiniAgentDescription } from '../../runtime/mini-agent.js';
import { miniagent } from '../../runtime/miniagent.js';
import { isFailure } from '../../scope/failure.js';
import { EndOfLoop } from '../end-of-loop.js';
import { showsColours, styled } from './console-streams.js';
import type { ConsoleInput, ConsoleOutput } from './console-streams.js';
import { DISCARDED, LineReader } from './line-reader.js';
import { writeOut } from './write-out.js';

/** How the user is asked. */
export interface ConsoleInputOptions extends MiniAgentDescription {
  /** Where the user types. Default `process.stdin`. */
  readonly input?: ConsoleInput | undefined;
  /** Where the user sees it. Default `process.stdout`; if that is no terminal, and `input` is one, `process.stderr`. */
  readonly output?: ConsoleOutput | undefined;
  /** What stands before what the user types. Default `user: `. */
  readonly prompt?: string | undefined;
  /** What is told once, to a user at a terminal. Default: how to write several lines, and how to leave. */
  readonly help?: string | null | undefined;
  /** What the user leaves with, typed alone. Default `exit`; `null`: nothing. */
  readonly exit?: string | null | undefined;
  /** What the user can find with the arrow keys beside what he has typed, the latest last. */
  readonly history?: readonly string[] | undefined;
}

const HELP = 'Enter sends, \\ before it begins a new line; Ctrl-D or `exit` leaves.';

/**
 * An agent that passes on what it is sent and, when that is whole, asks the user at the console: the reply is a message of the
 * role `user`. When the user leaves, and at the end of input, the reply is an {@link EndOfLoop} instead.
 *
 * At a terminal, lines can be edited, and the arrow keys bring back earlier ones. A backslash at the end of a line goes on in a
 * new one. What is pasted is never sent before Enter is pressed; a long text, or one of several lines, stands in the line as
 * `[pasted 1: 12 lines]`. Ctrl-C takes back what was typed, and at an empty line leaves, as Ctrl-D does. While nobody is
 * asked, Ctrl-C is the signal `SIGINT` to the process, as without this agent. From a file or a pipe each line is a message, a
 * backslash at its end goes on there, too, and it is shown below the prompt, so that the output reads as the conversation.
 * Blank lines send nothing.
 *
 * Asked several times at once, it asks the user one thing after the other. One agent reads from one input: two of them take
 * each other's lines.
 *
 * @example
 * ```ts
 * const user = userAgent({ output: consoleOutputAgent(), input: consoleInputAgent() });
 * await new MiniAgents().run(() => dialogLoop({ user, assistant }).inquire());
 * ```
 *
 * @throws InvalidArgumentError if `input` or `output` is no stream; as its failure, what a stream failed with.
 */
export function consoleInputAgent(options: ConsoleInputOptions = {}): MiniAgent {
  const { input = process.stdin, output = process.stdout, prompt = 'user: ', exit = 'exit', history = [] } = options;
  const { help = HELP, name = 'consoleInputAgent', description = '' } = options;
  if (typeof (input as ConsoleInput | null)?.on !== 'function')
    throw new InvalidArgumentError('a stream to read from as input', input);
  if (typeof (output as ConsoleOutput | null)?.write !== 'function')
    throw new InvalidArgumentError('a stream to write to as output', output);
  const screen = input.isTTY ? [output, process.stderr].find(({ isTTY }) => isTTY) : undefined;
  const reader = new LineReader(input, screen, history);
  const colours = screen !== undefined && showsColours(screen);
  const shownPrompt = colours ? styled(prompt, ['bold', 'yellow']) : prompt;
  let told = !screen || help === null;

  async function ask(signal: AbortSignal): Promise<string | undefined> {
    signal.throwIfAborted();
    if (!told && screen) await writeOut(screen, `${colours ? styled(help as string, 'dim') : help}\n\n`);
    told = true;
    const text = await readText(reader, shownPrompt, signal);
    if (text !== undefined && screen !== output) await writeOut(output, `${prompt}${text}\n\n`);
    else if (screen) await writeOut(screen, '\n');
    return text;
  }

  let last: Promise<unknown> = Promise.resolve();

  /** Asks the user when he has answered what he was asked before. */
  function askInTurn(signal: AbortSignal): Promise<string | undefined> {
    const answer = last.then(() => ask(signal));
    last = answer.catch(() => {});
    return answer;
  }

  return miniagent(
    name,
    async (ctx) => {
      ctx.reply(ctx.messages);
      await new Promise<void>((done) => ctx.messages.whenDone(done));
      // An error is passed on, where it stood: there is nothing to ask then.
      if (isFailure(ctx.messages.settled())) return;
      const text = await askInTurn(ctx.signal);
      ctx.reply(text === undefined || text === exit ? new EndOfLoop() : { role: 'user', text });
    },
    { description },
  );
}

/** What the user says: one line, or several that end in a backslash; never nothing but blanks. */
async function readText(reader: LineReader, prompt: string, signal: AbortSignal): Promise<string | undefined> {
  let lines: string[] = [];
  for (;;) {
    const goingOn = lines.length > 0;
    const line = await reader.read(goingOn ? '… ' : prompt, signal, goingOn);
    if (line === DISCARDED) {
      lines = [];
      continue;
    }
    const goesOn = line?.endsWith('\\') ?? false;
    if (line !== undefined) lines.push(reader.expand(goesOn ? line.slice(0, -1) : line));
    if (goesOn) continue;
    const all = lines.join('\n');
    let end = all.length;
    while (all[end - 1] === '\n') end--;
    const text = all.slice(0, end);
    if (text.trim() !== '') return text;
    if (line === undefined) return undefined;
    lines = [];
  }
}
