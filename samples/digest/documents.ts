import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const REPOSITORY = join(__dirname, '../..');

/** A file to read, and what to call it. */
export interface Document {
  readonly name: string;
  readonly path: string;
}

/** The files that are named on the command line, each once; without any, the documents of this repository. */
export function documentsOf(args: readonly string[]): Document[] {
  // `npm start` runs in the repository's folder, wherever in it one was, and says where that is.
  const here = process.env.npm_lifecycle_event === 'start' ? process.env.INIT_CWD : undefined;
  const given = new Map(args.map((name) => [resolve(here ?? '.', name), name]));
  return given.size > 0 ? [...given].map(([path, name]) => ({ name: oneLine(name), path })) : ownDocuments();
}

/** A name as a heading has it: a file's may have several lines. */
const oneLine = (name: string): string => name.replace(/\s+/g, ' ');

function ownDocuments(): Document[] {
  const top = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].map((name) => join(REPOSITORY, name));
  return [...top, ...markdownIn(join(REPOSITORY, 'docs'))].map((path) => ({ name: relative(REPOSITORY, path), path }));
}

function markdownIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names.filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
}
