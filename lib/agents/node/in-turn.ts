import { resolve } from 'node:path';

const lasts = new Map<string, Promise<unknown>>();

/** Does work with a file when everything that this process began earlier with the same file is done, whoever began it. */
export function inTurn<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  const path = resolve(file);
  const done = (lasts.get(path) ?? Promise.resolve()).then(work);
  const last = done
    .catch(() => {})
    .then(() => {
      if (lasts.get(path) === last) lasts.delete(path);
    });
  lasts.set(path, last);
  return done;
}
