import type { Batch, Row, Turn } from './engine.js';

/** How many rows or turns, and characters in rows, are written at once. */
const ROWS_AT_ONCE = 1000;
const CHARACTERS_AT_ONCE = 8_000_000;

interface Waiting extends Batch {
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Writes what is appended: one batch at a time, and what comes meanwhile together in the next. */
export class Appender {
  #waiting: Waiting[] = [];
  #working: Promise<void> | undefined;

  constructor(private readonly write: (batch: Batch) => Promise<void>) {}

  /** Resolves when it is written; rejects with what writing it, and what was joined with it, failed of. */
  append(batch: Batch): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...batch, done: resolve, failed: reject });
      this.#working ??= this.#work();
    });
  }

  /** Resolves when all that was appended so far is written, or failed. */
  async idle(): Promise<void> {
    while (this.#working) await this.#working;
  }

  async #work(): Promise<void> {
    await Promise.resolve(); // What is appended in the same turn is written together.
    while (this.#waiting.length > 0) {
      const together = this.#waiting.splice(0, fitting(this.#waiting));
      try {
        for (const part of parts(join(together))) await this.write(part);
        for (const { done } of together) done();
      } catch (error) {
        for (const { failed } of together) failed(error);
      }
    }
    this.#working = undefined;
  }
}

/** How many of the appends that wait go together: at least one. */
function fitting(waiting: readonly Waiting[]): number {
  let [rows, turns, characters] = [0, 0, 0];
  const tooMany = waiting.findIndex((batch) => {
    rows += batch.rows.length;
    turns += batch.turns.length;
    characters += batch.rows.reduce((sum, { body }) => sum + body.length, 0);
    return Math.max(rows, turns) > ROWS_AT_ONCE || characters > CHARACTERS_AT_ONCE;
  });
  return tooMany < 0 ? waiting.length : Math.max(tooMany, 1);
}

/** What is written one after the other, where it is too much for once: rows, each after those it refers to, and then turns. */
function* parts({ rows, turns }: Batch): Generator<Batch> {
  let part: Row[] = [];
  let characters = 0;
  for (const row of rows) {
    if (part.length > 0 && (part.length === ROWS_AT_ONCE || characters + row.body.length > CHARACTERS_AT_ONCE)) {
      yield { rows: part, turns: [] };
      part = [];
      characters = 0;
    }
    part.push(row);
    characters += row.body.length;
  }
  yield { rows: part, turns: turns.slice(0, ROWS_AT_ONCE) };
  for (let at = ROWS_AT_ONCE; at < turns.length; at += ROWS_AT_ONCE)
    yield { rows: [], turns: turns.slice(at, at + ROWS_AT_ONCE) };
}

function join(batches: readonly Batch[]): Batch {
  const rows = new Map<string, Row>();
  for (const row of batches.flatMap((batch) => batch.rows)) if (!rows.has(row.hashKey)) rows.set(row.hashKey, row);
  const turns = new Map<string, Turn>();
  for (const turn of batches.flatMap((batch) => batch.turns)) {
    const place = JSON.stringify([turn.conversation, turn.hashKey]);
    if (!turns.has(place)) turns.set(place, turn);
  }
  return { rows: [...rows.values()], turns: [...turns.values()] };
}
