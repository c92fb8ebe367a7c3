import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');
/** A sample gets the library from where this process has it: the source, or the build. */
const conditions = process.execArgv.filter((option) => /^(-C|--conditions)/.test(option));

/** What has become of a process. */
interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly log: string;
}

/** Runs a sample in a process of its own, as `npm start` does, without a terminal; with an input, to say something to it, or an output elsewhere. */
export function startSample(
  name: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
  { input = 'ignore', output = 'pipe' }: { readonly input?: 'ignore' | 'pipe'; readonly output?: 'pipe' | number } = {},
) {
  const options = [...conditions, '--disable-warning=DEP0180', '--require=./scripts/register.cjs'];
  const child = spawn(process.execPath, [...options, join('samples', name), ...args], {
    cwd: root,
    env: { ...withoutKeys(process.env), ...env },
    stdio: [input, output, 'pipe'],
  });
  const [out, log] = [child.stdout, child.stderr].map((stream) => collect(stream)) as [
    ReturnType<typeof collect>,
    ReturnType<typeof collect>,
  ];
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, out: out.text, log: log.text }));
  });
  return { child: child as ChildProcess, out, ended };
}

function collect(stream: NodeJS.ReadableStream | null) {
  const collected = { text: '', has };
  stream?.setEncoding('utf8').on('data', (text: string) => (collected.text += text));
  /** Resolves as soon as a text has come. */
  function has(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => collected.text.includes(text) && resolve();
      stream?.on('data', look);
      stream?.once('end', () =>
        reject(new Error(`expected ${JSON.stringify(text)}; got ${JSON.stringify(collected.text)}`)),
      );
      look();
    });
  }
  return collected;
}

const withoutKeys = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^(OPENAI|ANTHROPIC|npm)_/.test(name)));
