import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import type { Message } from '../../messages/message.js';
import type { MiniAgent, MiniAgentDescription } from '../../runtime/mini-agent.js';
import { miniagent } from '../../runtime/miniagent.js';
import { ErrorMessage } from '../../streams/error-message.js';
import type { MessageSequence } from '../../streams/message-sequence.js';
import { isSignOfEnd } from '../end-of-loop.js';
import { printable, showsColours, styled } from './console-streams.js';
import type { ConsoleOutput, ConsoleStyle } from './console-streams.js';
import { untilAborted } from './until-aborted.js';
import { wholeCharacters } from './whole-characters.js';
import { writeOut } from './write-out.js';

/** How messages are shown. */
export interface ConsoleOutputOptions extends MiniAgentDescription {
  /** Where they are shown. Default `process.stdout`. */
  readonly output?: ConsoleOutput | undefined;
  /** The style of who speaks, for each message as it is known before its text. Default bold green; red for errors. */
  readonly style?: ((draft: Message) => ConsoleStyle) | undefined;
}

/**
 * An agent that shows what it is sent, and passes it on: who speaks (the name, or else the role, or else `assistant`), the
 * tokens as they come, and a blank line. One message after the other; errors as text. Its replies end when all is shown.
 *
 * There are colours on a terminal only, and none where `NO_COLOR` is set. What would move a terminal's cursor is not shown
 * there; to a file or a pipe the text goes as it is.
 *
 * @example
 * ```ts
 * const show = consoleOutputAgent();
 * await show.inquire(Message.stream(of('Hel', 'lo!'), { name: 'Ada' })).resolve(); // prints `Ada: Hello!`
 * ```
 *
 * @throws InvalidArgumentError if `output` is no stream or `style` no function; as its failure, after what it passed on, what the
 * stream failed with (`EPIPE` where nobody reads).
 */
export function consoleOutputAgent(options: ConsoleOutputOptions = {}): MiniAgent {
  const { output = process.stdout, style = styleOf, name = 'consoleOutputAgent', description = '' } = options;
  if (typeof (output as ConsoleOutput | null)?.write !== 'function')
    throw new InvalidArgumentError('a stream to write to as output', output);
  if (typeof style !== 'function') throw new InvalidArgumentError('a function as style', style);
  return miniagent(
    name,
    async (ctx) => {
      ctx.reply(ctx.messages);
      await show(ctx.messages, ctx.signal, output, style);
    },
    { description },
  );
}

async function show(
  messages: MessageSequence,
  signal: AbortSignal,
  output: ConsoleOutput,
  style: (draft: Message) => ConsoleStyle,
): Promise<void> {
  for await (const message of untilAborted(messages.errorsAsMessages(), signal)) {
    const { draft } = message;
    if (isSignOfEnd(draft)) continue;
    const who = `${printable(draft.name ?? draft.role ?? 'assistant').replace(/\n/g, ' ')}:`;
    await writeOut(output, `${showsColours(output) ? styled(who, style(draft)) : who} `);
    let lineBreaks = 0;
    for await (const token of wholeCharacters(untilAborted(message, signal))) {
      const text = output.isTTY ? printable(token) : token;
      await writeOut(output, text);
      let end = text.length;
      while (text[end - 1] === '\n') end--;
      lineBreaks = text.length - end + (end === 0 ? lineBreaks : 0);
    }
    await writeOut(output, '\n'.repeat(Math.max(2 - lineBreaks, 0)));
  }
}

function styleOf(draft: Message): ConsoleStyle {
  return ['bold', draft instanceof ErrorMessage ? 'red' : 'green'];
}
