import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import type { MarbleDiagram } from '../testing/picture/marble-diagram.js';
import { toMarbleDiagram } from '../testing/picture/to-marble-diagram.js';
import { Recording } from '../testing/recording/recording.js';
import { CommandError } from './command-error.node.js';
import { isSameFile, readText, writeText } from './files.node.js';
import type { Terminal } from './run-command.node.js';

export const diagramHelp = `Usage: miniagents diagram <recording> [options]

Draws a run that was recorded with record(miniAgents), from miniagents/testing.
<recording> is a file; - reads standard input.

Options:
  -o, --output <file>   where to write: .svg, .html or .txt; without it, or with -, text to standard output
  -f, --format <name>   svg, html or text, whatever the file is called
  -w, --width <number>  how wide: in pixels, or for text in columns (by default those of the terminal)
  -t, --title <text>    what stands above it; by default the name of the file
  -u, --unicode         draw text with more than ASCII
  -h, --help            show this
`;

const OPTIONS = {
  output: { type: 'string', short: 'o' },
  format: { type: 'string', short: 'f' },
  width: { type: 'string', short: 'w' },
  title: { type: 'string', short: 't' },
  unicode: { type: 'boolean', short: 'u' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options'];

const FORMATS = { svg: ['.svg'], html: ['.html', '.htm'], text: ['.txt', '.text'] };
type Format = keyof typeof FORMATS;

/** `miniagents diagram`: draws a recording. @throws CommandError RecordingError */
export async function diagram(given: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = parse(given);
  if (values.help) return void terminal.stdout.write(diagramHelp);
  const [file, ...more] = positionals;
  if (file === undefined) throw misuse('expected the file of a recording, or - for standard input');
  if (more.length > 0) throw misuse(`expected one recording; got ${positionals.length}`);
  const { output = '-' } = values;
  if (file !== '-' && output !== '-' && (await isSameFile(file, output)))
    throw misuse(`${file} is the recording: it is not overwritten`);
  const format = formatOf(values.format, output);
  const isStdin = file === '-';
  const text = await readText(isStdin ? terminal.stdin : file);
  const name = isStdin ? 'standard input' : file;
  const { title = isStdin ? undefined : basename(file, '.jsonl') } = values;
  const drawn = toMarbleDiagram(Recording.parse(text, name), title === undefined ? {} : { title });
  const picture = draw(drawn, format, { ...values, columns: terminal.stdout.columns || undefined });
  if (output === '-') terminal.stdout.write(picture);
  else await writeText(output, picture);
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({ args: [...given], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // The first sentence says what is wrong, the others how options are written in general.
    throw misuse((error as Error).message.split(/\.\s|\n/)[0] ?? '');
  }
}

function formatOf(given: string | undefined, output: string): Format {
  const isFormat = (name: string): name is Format => Object.hasOwn(FORMATS, name);
  if (given !== undefined) {
    if (isFormat(given)) return given;
    throw misuse(`expected svg, html or text as --format; got ${given}`);
  }
  if (output === '-') return 'text';
  const ending = extname(output).toLowerCase();
  const found = Object.keys(FORMATS)
    .filter(isFormat)
    .find((name) => FORMATS[name].includes(ending));
  if (found) return found;
  throw misuse(`cannot tell the format from the name ${output}: expected .svg, .html or .txt, or --format`);
}

interface Drawing {
  readonly width?: string | undefined;
  readonly unicode?: boolean | undefined;
  readonly columns: number | undefined;
}

function draw(drawn: MarbleDiagram, format: Format, { width, unicode = false, columns = 80 }: Drawing): string {
  // What is no number goes on as it was given, so that the error names it.
  const given = width === undefined ? {} : { width: Number(width) || (width as unknown as number) };
  try {
    if (format === 'svg') return drawn.toSVG(given);
    if (format === 'html') return drawn.toHTML(given);
    return drawn.toText({ width: Math.max(40, columns), unicode, ...given });
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw misuse(error.message);
    throw error;
  }
}

function misuse(message: string): CommandError {
  return new CommandError(`${message}; see miniagents diagram --help`, 2);
}
