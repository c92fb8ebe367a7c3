// Agents read and summarise files in parallel, an editor merges the summaries, and all of it streams in order.
//
//   npm start                     this repository's own documents
//   npm start -- notes.md a.txt   other files, text or Markdown
//
// With OPENAI_API_KEY, OPENAI_BASE_URL (a server of your own) or ANTHROPIC_API_KEY set it asks that model; OPENAI_MODEL and
// ANTHROPIC_MODEL say which. Otherwise an embedded agent does the work. Ctrl-C stops every request at once.
import { CancelledError, MiniAgents } from 'miniagents';
import { digest } from './digest/agents.js';
import { documentsOf } from './digest/documents.js';
import { limited } from './digest/limited.js';
import { chooseModel } from './digest/models.js';
import { openPage } from './digest/open-page.js';
import { progressOf } from './digest/progress.js';
import { show } from './digest/show.js';

/** So many documents are with a model at once: more would only meet its rate limit. All are read from disk at once. */
const AT_ONCE = 4;

async function main(): Promise<void> {
  const documents = documentsOf(process.argv.slice(2));
  const { name, summarise, edit } = chooseModel(process.env);
  const page = openPage(process.stdout, process.stderr);
  const start = performance.now();
  const miniAgents = new MiniAgents();
  const stop = (why: string) => {
    page.close(`Stopped (${why}): every request that was under way is cancelled.`);
    miniAgents.cancel(why);
  };
  process.once('SIGINT', () => {
    process.exitCode = 130;
    stop('Ctrl-C');
  });
  process.stdout.once('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return stop('nobody reads the output any more'); // npm start | head
    process.exitCode = 1;
    stop(`the output cannot be written: ${message}`);
  });

  page.note(`A digest of ${count(documents.length, 'file')} by ${name}.`);
  const progress = progressOf(miniAgents.events$, documents.length).subscribe((line) => page.progress(line));
  const order = { documents, summarise: limited(summarise, AT_ONCE), edit };
  try {
    const errors = await miniAgents.run(() => show(digest.inquire(null, order), page));
    const seconds = (performance.now() - start) / 1000;
    page.close(`${count(documents.length, 'file')}, ${count(errors, 'error')}, ${seconds.toFixed(1)} s`);
    if (errors >= documents.length) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
  } finally {
    progress.unsubscribe();
  }
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

void main();
