import { resolve } from 'node:path';

const lasts = new Map<string, Promise<unknown>>();

/** Does work with a file when everything that this process began earlier with the same file is done, whoever began it. */
export function inTurn<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  const path = resolve(file);
  const before = lasts.get(path)?.catch(() => {}) ?? Promise.resolve();
  const done = before.then(work);
  const forget = () => {
    if (lasts.get(path) === done) lasts.delete(path);
  };
  done.then(forget, forget);
  lasts.set(path, done);
  return done;
}

/** Whether this, which {@link inTurn} gave, is the last that was begun with the file. */
export function isLastInTurn(file: string, done: Promise<unknown>): boolean {
  return lasts.get(resolve(file)) === done;
}
