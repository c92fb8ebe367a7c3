import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './run-program.js';
import { startSample } from './start-sample.js';
import { withoutKeys } from './without-keys.js';

const folder = join(__dirname, '../../samples');
/** Have specs of their own. */
const OWN_SPECS = ['chat.ts', 'digest.ts', 'picture.ts', 'resume.ts'];

/** Runs a sample in this process: its last line starts it, and what that gives is its end. */
async function run(name: string): Promise<string[]> {
  const file = join(folder, name);
  const source = readFileSync(file, 'utf8');
  expect(source).to.match(/\nvoid main\(\);\n$/);
  return runProgram(source.replace(/void main\(\);\n$/, 'return main();'), file);
}

/** What each sample prints; where that differs from time to time, what holds every time. */
const SAMPLES: Record<string, (printed: string[]) => void> = {
  'hello.ts': (printed) => {
    expect(printed).to.deep.equal(['List [ Message { "text": "Agent 2 received: Hello from Agent 1!" } ]']);
  },

  'parallel.ts': (printed) => {
    const inOrder = ['slow', 'fast', 'medium'].flatMap((query) => [`  ${query}: searching`, `  ${query}: found`]);
    expect(printed.slice(0, -1)).to.deep.equal(['Async generators:', ...inOrder, 'Agents:', ...inOrder]);
    expect(printed.at(-1)).to.match(/^The agents took \d\.\d\d of the generators' time\.$/);
  },

  'full-duplex.ts': (printed) => {
    const dialog = ['> Hello', '< You said: Hello', '> World', '< You said: World'];
    expect(printed).to.deep.equal([...dialog, 'The agent has ended, too.']);
  },

  'type-ahead.ts': (printed) => {
    const [first, second] = [printed.indexOf('r'), printed.indexOf('rx')];
    const begun = ['react', 'reactive', 'record', 'redux', 'rxjs', 'rxjs-etc'].map((word) => `  ${word}`);
    expect(first).to.equal(0);
    expect(begun.slice(0, second - 1)).to.deep.equal(printed.slice(1, second));
    expect(second - 1).to.be.lessThan(begun.length);
    const rest = ['  … cancelled', '  rxjs', '  rxjs-etc', 'The last word was rxjs-etc.'];
    expect(printed.slice(second + 1)).to.deep.equal(rest);
  },

  'errors.ts': (printed) => {
    expect(printed).to.deep.equal([
      'An error is thrown where the replies are read:',
      ...['  first', '  before', '  caught: RangeError: boom'],
      'Errors as messages:',
      ...['  first', '  before', '  RangeError: boom (an ErrorMessage)', '  last'],
      'Nobody reads this one:',
      'reported: RangeError: boom (in faulty)',
    ]);
  },

  'persistence.ts': (printed) => {
    expect(printed.map((line) => line.replace(/^[0-9a-f]{8} /, '<key> '))).to.deep.equal([
      '<key> Message { "text": "Solaris" }',
      '<key> Message { "text": "I saw Solaris." }',
      '<key> Rating { "text": "Go and see it.", "stars": 4 }',
      'the last one is equal to what was said: true',
      'and it is a Rating again: true',
    ]);
  },

  'cancellation.ts': (printed) => {
    const stopped = ['  so far, so good', '  (slow is stopped)'];
    expect(printed).to.deep.equal([
      ...['cancel()', ...stopped, '  CancelledError: agent boss was cancelled: enough'],
      ...['an AbortSignal', ...stopped],
      '  CancelledError: the inquiry was cancelled: The operation was aborted due to timeout',
      ...['an unsubscribe', ...stopped],
      'All of it has ended.',
    ]);
  },

  'two-models.ts': (printed) => {
    const answer = (path: string) => `  I only stand in for the model that would answer at ${path}.`;
    const usage = '  ({"inputTokens":0,"outputTokens":12})';
    const openAI = ['OpenAI:', answer('openai/responses'), usage];
    expect(printed).to.deep.equal([...openAI, 'Anthropic:', answer('anthropic/v1/messages'), usage]);
  },
};

describe('samples', () => {
  withoutKeys();

  it('are all here', () => {
    const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
    expect(names).to.have.members([...Object.keys(SAMPLES), ...OWN_SPECS]);
  });

  it('are short', () => {
    const long = Object.keys(SAMPLES).filter(
      (name) => readFileSync(join(folder, name), 'utf8').split('\n').length > 61,
    );
    expect(long).to.deep.equal([]);
  });

  for (const [name, check] of Object.entries(SAMPLES)) it(name, async () => check(await run(name)));

  it('run as programs', async () => {
    const { code, out, log } = await startSample('hello.ts').ended;
    expect({ code, log }).to.deep.equal({ code: 0, log: '' });
    SAMPLES['hello.ts']?.(out.trimEnd().split('\n'));
  });
});
