import { createRequire } from 'node:module';
import { formatWithOptions } from 'node:util';
import ts from 'typescript';

type Program = (require: NodeJS.Require, module: object, console: object, process: object) => Promise<void>;

const AsyncFunction = (async () => {}).constructor as new (...parameters: string[]) => Program;
const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };

/**
 * Runs a TypeScript program as if it stood in `file`, in this process, and gives what it printed, line by line, when it has
 * ended. It may await at its top level. Fails if the program does.
 */
export async function runProgram(source: string, file: string): Promise<string[]> {
  let printed = '';
  const print = (...values: unknown[]) => (printed += `${formatWithOptions({ colors: false }, ...values)}\n`);
  const write = (text: string) => (printed += text) !== '';
  const console = { log: print, error: print, warn: print };
  const process = Object.create(globalThis.process, { stdout: { value: { write } } }) as object;
  const module = { exports: {} };

  const { outputText } = ts.transpileModule(source, { compilerOptions, fileName: file });
  const program = new AsyncFunction(
    'require',
    'module',
    'console',
    'process',
    `const { exports } = module;\n${outputText}`,
  );
  await program(createRequire(file), module, console, process);
  return printed === '' ? [] : printed.replace(/\n$/, '').split('\n');
}
