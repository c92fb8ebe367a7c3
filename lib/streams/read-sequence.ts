import type { Task } from '../scope/call.js';
import { isFailure } from '../scope/failure.js';
import type { Failure } from '../scope/failure.js';
import type { Log } from './log.js';
import type { MessagePromise } from './message-promise.js';
import type { Entry } from './message-type.js';
import type { Progress } from './progress.js';
import { ENDED, isSign, LogReader, WAITING } from './reader.js';
import type { Reader, Sign } from './reader.js';

/** What is read: its entries, and how far they have ended, which nothing is spent on before somebody asks. */
interface Sequence {
  readonly log: Log<Entry>;
  readonly progress: Progress;
}

/**
 * Reads the messages of a sequence up to its first error, which comes when the messages before it have ended: an error that
 * came at once would end, in `concatAll`, the message that is being read. The end waits for them, too, if `endsWhole`.
 */
export class SequenceReader implements Reader<MessagePromise> {
  readonly #entries: LogReader<Entry>;
  #last: Failure | typeof ENDED | undefined;

  constructor(
    private readonly sequence: Sequence,
    private readonly task: Task,
    private readonly endsWhole: boolean,
  ) {
    this.#entries = new LogReader(sequence.log, task);
  }

  read(): MessagePromise | Sign {
    const entry = this.#last ?? this.#entries.read();
    if (entry !== ENDED && !isFailure(entry)) return entry;
    this.#last = entry;
    const { failure, cut, quiet } = this.sequence.log;
    if (entry === ENDED && failure) return quiet ? ENDED : failure;
    if (entry === ENDED && !this.endsWhole) return ENDED;
    const { progress } = this.sequence;
    if (progress.passed >= this.#entries.index - (entry === ENDED ? 0 : 1)) return entry;
    if (cut) return quiet ? ENDED : cut;
    progress.watch(this.task, true);
    return WAITING;
  }

  close(): void {
    this.#entries.close();
    if (this.#last) this.sequence.progress.forget(this.task);
  }
}

/** Reads every token of one message after the other. */
export class TokensReader implements Reader<string> {
  #tokens: Reader<string> | undefined;

  readonly #messages: Reader<MessagePromise>;

  constructor(
    private readonly sequence: { readonly log: Log<Entry>; reader(task: Task): Reader<MessagePromise> },
    private readonly task: Task,
  ) {
    this.#messages = sequence.reader(task);
  }

  read(): string | Sign {
    for (;;) {
      const token = this.#tokens ? this.#tokens.read() : ENDED;
      if (token !== ENDED) return token === WAITING ? this.#wait() : token;
      this.#tokens?.close();
      this.#tokens = undefined;
      const message = this.#messages.read();
      if (isSign(message)) return message;
      this.#tokens = message.reader(this.task);
    }
  }

  close(): void {
    this.#tokens?.close();
    this.#messages.close();
    this.sequence.log.leave(this.task);
  }

  /** A sequence that is cut does not wait for a message that goes on elsewhere. */
  #wait(): Sign {
    const { log } = this.sequence;
    log.wait(this.task);
    if (!log.cut) return WAITING;
    return log.quiet ? ENDED : log.cut;
  }
}
