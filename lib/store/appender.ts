import type { Batch, Row, Turn } from './engine.js';

/** How many rows, and characters in them, appends are joined up to; one that is larger goes alone. */
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
        await this.write(join(together));
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
  let rows = 0;
  let characters = 0;
  const tooMany = waiting.findIndex((batch) => {
    rows += batch.rows.length;
    characters += batch.rows.reduce((sum, { body }) => sum + body.length, 0);
    return rows > ROWS_AT_ONCE || characters > CHARACTERS_AT_ONCE;
  });
  return tooMany < 0 ? waiting.length : Math.max(tooMany, 1);
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
