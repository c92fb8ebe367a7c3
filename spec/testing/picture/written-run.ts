import type { RecordedEvent } from 'miniagents/testing';

const WORDS =
  'Agents are functions from messages to messages, so that they compose as operators do; a token passes through any number of them.'.split(
    ' ',
  );

/** The first so many of some words, over and over. */
export const words = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${WORDS[index % WORDS.length]} `);

/** A run that is made up, event by event; they are put in order in the end. */
export class WrittenRun {
  readonly #events: RecordedEvent[] = [];
  readonly #counts = new Map<string, number>();

  get events(): RecordedEvent[] {
    return [...this.#events].sort((one, other) => one.at - other.at);
  }

  /** An agent is called, and starts. */
  call(at: number, agent: string, parent?: string, startedAt: number | undefined = at): string {
    const run = parent === undefined ? this.#count('') : `${parent}.${this.#count(parent)}`;
    this.#events.push({ at, type: 'inquired', run, ...(parent !== undefined && { parent }), agent, params: {} });
    if (startedAt < Infinity) this.#events.push({ at: startedAt, type: 'started', run });
    return run;
  }

  end(at: number, run: string, type: 'finished' | 'cancelled' = 'finished'): void {
    this.#events.push({ at, type, run });
  }

  fail(at: number, run: string, name: string, message: string): void {
    this.#events.push({ at, type: 'replied', run, error: { name, message } });
    this.#events.push({ at, type: 'failed', run, error: { name, message } });
  }

  passError(at: number, run: string, name: string, message: string): void {
    this.#events.push({ at, type: 'replied', run, error: { name, message } });
  }

  ask(at: number, run: string, text: string): void {
    const message = `${run}<${this.#count(`${run}<`)}`;
    this.#events.push({ at, type: 'received', run, message });
    this.#events.push({ at, type: 'resolved', message, value: { $type: 'Message', role: 'user', text } });
  }

  /** A message is passed on to an agent, or by one. */
  pass(at: number, type: 'received' | 'replied', run: string, message: string): void {
    this.#events.push({ at, type, run, message });
  }

  /** A message that is there whole, and those who pass it on. */
  say(at: number, run: string, text: string, through: readonly string[] = [], $type = 'Message'): string {
    const message = this.#reply(at, run, through);
    this.#events.push({ at, type: 'resolved', message, value: { $type, text } });
    return message;
  }

  /** A message that comes token by token, and those who pass it on; when it was whole. */
  stream(
    from: number,
    run: string,
    stepMs: number,
    tokens: readonly string[],
    through: readonly string[] = [],
  ): number {
    const message = this.#reply(from, run, through);
    let at = from;
    for (const token of tokens) this.#events.push({ at: (at += stepMs), type: 'token', message, token });
    this.#events.push({ at, type: 'resolved', message, value: { $type: 'Message', text: tokens.join('') } });
    return at;
  }

  /** Tokens of a message that is not whole in the end. */
  begin(from: number, run: string, tokens: readonly (readonly [at: number, token: string])[]): void {
    const message = this.#reply(from, run, []);
    for (const [at, token] of tokens) this.#events.push({ at, type: 'token', message, token });
  }

  #reply(at: number, run: string, through: readonly string[]): string {
    const message = `${run}>${this.#count(`${run}>`)}`;
    for (const each of [run, ...through]) this.#events.push({ at, type: 'replied', run: each, message });
    return message;
  }

  #count(key: string): string {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return String(count);
  }
}
