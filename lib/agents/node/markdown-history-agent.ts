import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import type { Message } from '../../messages/message.js';
import type { MiniAgent, MiniAgentDescription } from '../../runtime/mini-agent.js';
import { miniagent } from '../../runtime/miniagent.js';
import { isSignOfEnd } from '../end-of-loop.js';
import type { HistoryParameters } from '../in-memory-history-agent.js';
import { HistoryFile } from './history-file.js';
import { wholeMessages } from './whole-messages.js';

/** Where a history is kept. */
export interface MarkdownHistoryOptions extends MiniAgentDescription {
  /** The file. It and its folders are made when there is something to write. */
  readonly file: string;
  /** Whether what is in the file already belongs to the history. With `false` the file is removed at first use. Default `true`. */
  readonly append?: boolean | undefined;
}

/**
 * An agent that passes on what it is sent, token by token, and appends it to a Markdown file: messages with their roles, names
 * and texts, each when it is whole and those before it are. Its replies end when all of that is on the disk. With
 * `{ full: true }` it replies with all that is in the file, and after that with what it is sent.
 *
 * The file is the history: it is read anew each time, so that the conversation goes on after a restart, and whatever was edited
 * in it counts. A message is a heading (`user`, or `assistant / its name`), a line of 40 equals signs, and its text; headings
 * such as `# user` may be made by hand. Any text is read back as it was; further fields (`data`) are not kept. A message that
 * has no role is written, and read back, as an assistant's.
 *
 * Messages that fail, and those with `noHistory: true` in their data, are passed on and not written. If the file cannot be
 * written or read, that is the agent's error, after what it passed on; half a message is never left in the file.
 *
 * @example
 * ```ts
 * const history = markdownHistoryAgent({ file: 'chat.md' });
 * await history.inquire({ role: 'user', text: 'My name is Ada.' }).resolve();
 * await history.inquire(null, { full: true }).text(); // 'My name is Ada.', in another process too
 * ```
 *
 * @throws InvalidArgumentError if `file` is no path or `append` no boolean, and, as its failure, if `full` is none; as its
 * failure also {@link UnreadableHistoryError}, and the errors of the file system (`ENOSPC`, `EACCES` …).
 */
export function markdownHistoryAgent(options: MarkdownHistoryOptions): MiniAgent<HistoryParameters> {
  const { file, append = true, name = 'markdownHistoryAgent', description = '' } = options;
  if (typeof file !== 'string' || file === '') throw new InvalidArgumentError('the path of a file as file', file);
  if (typeof append !== 'boolean') throw new InvalidArgumentError('true or false as append', append);
  const history = new HistoryFile(file, !append);
  return miniagent<HistoryParameters>(
    name,
    async (ctx, { full = false }) => {
      if (typeof full !== 'boolean') throw new InvalidArgumentError('true or false as full', full);
      ctx.reply(full ? [history.read(), ctx.messages] : ctx.messages);
      let last: Promise<void> | undefined;
      let failed: [unknown] | undefined;
      for await (const message of wholeMessages(ctx.messages, ctx.signal)) {
        if (!isToKeep(message)) continue;
        last = history.append(message).catch((error: unknown) => void (failed ??= [error]));
      }
      await last;
      if (failed) throw failed[0];
    },
    { description },
  );
}

function isToKeep(message: Message): boolean {
  return !isSignOfEnd(message) && message.data['noHistory'] !== true;
}
