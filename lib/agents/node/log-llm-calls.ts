import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Subscription } from 'rxjs';
import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import type { MiniAgents } from '../../runtime/mini-agents.js';
import { llmCalls } from './llm-calls.js';
import type { LLMCall } from './llm-calls.js';
import { writePage } from './llm-log-page.js';

/** Where calls are logged. */
export interface LLMLogOptions {
  /** The folder, which is made. Default `llm_logs`. */
  readonly folder?: string | undefined;
  /** Told of each page that could not be written. By default it is printed. The agents go on. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** A log that is being written. */
export interface LLMLog {
  /** Resolves when all calls that are over are written, or told of through `onError`. */
  idle(): Promise<void>;
  /** Logs no further calls. */
  unsubscribe(): void;
}

/**
 * Logs each call of a language model, once it is over, in a Markdown file of its own: who asked, what the model was told, the
 * conversation as a history agent writes it, and what the API told of the reply. Calls that fail or are cancelled are logged as
 * far as they came, with their error.
 *
 * The files are named by local time, model and three random digits: `20261122_184500__123000__gpt-5.5__0af.md`.
 *
 * @example
 * ```ts
 * const miniAgents = new MiniAgents();
 * const log = logLLMCalls(miniAgents);
 * await miniAgents.run(() => openaiAgent.inquire('Hello!'));
 * await log.idle();
 * ```
 *
 * @throws InvalidArgumentError if `folder` is no path or `onError` no function.
 */
export function logLLMCalls(miniAgents: Pick<MiniAgents, 'events$'>, options: LLMLogOptions = {}): LLMLog {
  const { folder = 'llm_logs', onError = printError } = options;
  if (typeof folder !== 'string' || folder === '')
    throw new InvalidArgumentError('the path of a folder as folder', folder);
  if (typeof onError !== 'function') throw new InvalidArgumentError('a function as onError', onError);
  const writing = new Set<Promise<void>>();
  const log = (call: LLMCall) => {
    const written = write(folder, call)
      .catch(onError)
      .catch(printError)
      .finally(() => writing.delete(written));
    writing.add(written);
  };
  const subscription: Subscription = llmCalls(miniAgents.events$).subscribe((call) =>
    call.reply.whenSettled({ run: () => log(call) }, false),
  );
  return {
    unsubscribe: () => subscription.unsubscribe(),
    idle: async () => {
      while (writing.size > 0) await Promise.all(writing);
    },
  };
}

/** Of many calls that end at the same time, two may come to the same name: then another one is made. */
async function write(folder: string, call: LLMCall): Promise<void> {
  const page = writePage(call);
  await mkdir(folder, { recursive: true });
  for (let written = false; !written;) {
    const file = join(folder, nameOf(call.model, new Date()));
    written = await writeFile(file, page, { flag: 'wx' }).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false;
        throw error;
      },
    );
  }
}

function nameOf(model: string, now: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  const micros = String(now.getMilliseconds() * 1000).padStart(6, '0');
  const random = randomBytes(2).toString('hex').slice(0, 3);
  return `${date}_${time}__${micros}__${model.replace(/[^\w.-]+/g, '-')}__${random}.md`;
}

function printError(error: unknown): void {
  console.error('A call of a language model could not be logged:', error);
}
