import { createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import type { MiniAgent, MiniAgentDescription } from '../../runtime/mini-agent.js';
import { miniagent } from '../../runtime/miniagent.js';
import type { MessageSequence } from '../../streams/message-sequence.js';
import { inTurn } from './in-turn.js';
import { untilAborted } from './until-aborted.js';
import { wholeCharacters } from './whole-characters.js';

/** Where a text goes; at a call too. */
export interface FileOutputParameters {
  /** The file. Its folders are made. */
  readonly file: string;
  /** Whether the text comes after what is in the file already, and not in its place. Default `false`. */
  readonly append?: boolean | undefined;
}

/**
 * An agent that writes the text of what it is sent into a file, as it comes, with a blank line between messages, and passes it
 * on. Errors among the messages are lines of the text. Its replies end when all is on the disk; of what is cancelled, the file
 * has what came before.
 *
 * @example
 * ```ts
 * const save = fileOutputAgent({ file: 'drafts/poem.txt' });
 * await save.inquire(poet.inquire('A poem, please.')).resolve();
 * ```
 *
 * @throws InvalidArgumentError, as its failure, if it is told no file; as its failure also the errors of the file system
 * (`ENOSPC`, `EACCES` …), after what it passed on.
 */
export function fileOutputAgent(
  options: Partial<FileOutputParameters> & MiniAgentDescription = {},
): MiniAgent<FileOutputParameters> {
  const { name = 'fileOutputAgent', description = '', ...params } = options;
  return miniagent<FileOutputParameters>(
    name,
    async (ctx, { file, append = false }) => {
      ctx.reply(ctx.messages);
      if (typeof file !== 'string' || file === '') throw new InvalidArgumentError('the path of a file as file', file);
      if (typeof append !== 'boolean') throw new InvalidArgumentError('true or false as append', append);
      await inTurn(file, () => write(ctx.messages, file, append, ctx.signal));
    },
    { description, params },
  );
}

async function write(messages: MessageSequence, file: string, append: boolean, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await mkdir(dirname(file), { recursive: true });
  // A device, or a pipe, has no disk to be on.
  const there = await stat(file).catch(() => undefined);
  if ((signal as { aborted: boolean }).aborted) return; // Meanwhile; the file is as it was.
  const target = createWriteStream(file, { flags: append ? 'a' : 'w', flush: there?.isFile() ?? true });
  await pipeline(Readable.from(textOf(messages, signal)), target);
}

async function* textOf(messages: MessageSequence, signal: AbortSignal): AsyncGenerator<string> {
  let between = '';
  for await (const message of untilAborted(messages.errorsAsMessages(), signal)) {
    if (between) yield between;
    between = '\n\n';
    yield* wholeCharacters(untilAborted(message, signal));
  }
}
