import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { ConsoleInput, ConsoleOutput } from './console-streams.js';
import { LineScreen } from './line-screen.js';
import { PastedText } from './pasted-text.js';

/** Somebody pressed Ctrl-C to begin anew what he was typing. */
export const DISCARDED: unique symbol = Symbol('discarded');

export type Line = string | typeof DISCARDED | undefined;

/**
 * Reads lines: at a terminal with all that readline has for it, and elsewhere as they come. It reads only while it is asked, so
 * that it does not keep a process alive, and what comes meanwhile waits. Between lines the terminal is as any program has it:
 * there Ctrl-C is a signal to the process.
 */
export class LineReader {
  readonly #lines: (string | typeof DISCARDED)[] = [];
  #pasted: PastedText | undefined;
  #screen: LineScreen | undefined;
  #readline: Interface | undefined;
  #closed = false;
  #failure: Error | undefined;
  #goesOn = false;
  #discarding = false;
  #answer: ((line: Line) => void) | undefined;

  /** @param screen - where the terminal shows what is typed; `undefined` where there is none. */
  constructor(
    private readonly input: ConsoleInput,
    private readonly screen: ConsoleOutput | undefined,
    private readonly history: readonly string[],
  ) {}

  /**
   * The next line, without its end; `undefined` at the end of input, and after Ctrl-C or Ctrl-D at an empty line.
   *
   * @param goesOn - whether it is a further line of something that can be taken back.
   * @throws the signal's reason when that is aborted; what the input failed with.
   */
  async read(prompt: string, signal: AbortSignal, goesOn = false): Promise<Line> {
    signal.throwIfAborted();
    if (this.#lines.length > 0) return this.#lines.shift();
    this.#readline ??= this.#open();
    this.#goesOn = goesOn;
    if (!this.#closed) {
      const line = await this.#ask(this.#readline, prompt, signal);
      if (line !== undefined) return line;
    }
    if (this.#failure) throw this.#failure;
    return undefined;
  }

  /** A line with what was pasted into it. */
  expand(line: string): string {
    return this.#pasted?.expand(line) ?? line;
  }

  async #ask(readline: Interface, prompt: string, signal: AbortSignal): Promise<Line> {
    const stop = () => this.#give(undefined);
    signal.addEventListener('abort', stop);
    try {
      const answer = new Promise<Line>((resolve) => (this.#answer = resolve));
      this.#resume(readline, prompt);
      const line = await answer;
      signal.throwIfAborted();
      return line;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#answer = undefined;
      this.#pause(readline);
    }
  }

  #open(): Interface {
    const { input, screen } = this;
    this.#pasted = screen && new PastedText(input);
    this.#screen = screen && new LineScreen(screen);
    const terminal = screen !== undefined;
    const history = [...this.history].reverse();
    const readline = createInterface({
      input: this.#pasted ?? input,
      ...(this.#screen && { output: this.#screen }),
      ...(terminal && { history, historySize: 1000 }),
      terminal,
      crlfDelay: Infinity,
    });
    readline.on('line', (line) => this.#take(this.#discarding ? DISCARDED : line));
    readline.on('close', () => {
      this.#closed = true;
      this.#give(undefined);
    });
    if (terminal) readline.on('SIGINT', () => this.#interrupt(readline));
    if (input === process.stdin) readline.on('SIGTSTP', () => this.#suspend(readline));
    const fail = (error: Error) => {
      this.#failure = error;
      readline.close();
    };
    readline.on('error', fail);
    input.on('error', fail);
    input.on('close', () => this.#leave(readline, false));
    this.#leave(readline, true);
    return readline;
  }

  /** Ends it where the input was destroyed, which may be without an error, or, as it begins, has ended. Readline sees an end itself. */
  #leave(readline: Interface, begins: boolean): void {
    const { readableEnded, destroyed, errored } = this.input as Partial<Readable>;
    if (readableEnded ? !begins : !destroyed) return;
    if (errored) this.#failure = errored;
    readline.close();
  }

  #take(line: string | typeof DISCARDED): void {
    if (this.#answer) this.#give(line);
    else this.#lines.push(line);
  }

  #give(line: Line): void {
    this.#answer?.(line);
    this.#answer = undefined;
  }

  /** Ctrl-C: what was typed is taken back, and can be found with the arrow keys; where there is nothing, the user leaves. */
  #interrupt(readline: Interface): void {
    if (readline.line === '' && !this.#goesOn) return readline.close();
    readline.write(null, { ctrl: true, name: 'e' });
    this.screen?.write('^C');
    this.#discarding = true;
    readline.write(null, { name: 'return' });
    this.#discarding = false;
  }

  /** Ctrl-Z: stops all processes of the job, as the terminal would. By itself readline stops this one, and `npm run` waits for it. */
  #suspend(readline: Interface): void {
    this.#pasted?.setRawMode(false);
    process.once('SIGCONT', () => {
      if (!this.#answer) return;
      this.#pasted?.setRawMode(true);
      readline.prompt(true);
    });
    process.kill(0, 'SIGTSTP');
  }

  #resume(readline: Interface, prompt: string): void {
    this.#screen?.listen(true);
    if (this.#pasted) {
      this.#pasted.setRawMode(true);
      this.screen?.write('\x1b[?2004h'); // Tell us what is pasted.
      this.input.pipe(this.#pasted);
      readline.setPrompt(prompt);
      readline.prompt();
    } else readline.resume();
  }

  #pause(readline: Interface): void {
    this.#screen?.listen(false);
    if (!this.#closed) readline.pause();
    if (!this.#pasted) return;
    this.input.unpipe(this.#pasted);
    this.#pasted.setRawMode(false);
    this.screen?.write('\x1b[?2004l');
  }
}
