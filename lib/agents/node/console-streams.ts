import { styleText } from 'node:util';

/** Where a console reads: `process.stdin`, or any stream, with what a terminal has beside it. */
export type ConsoleInput = NodeJS.ReadableStream & {
  readonly isTTY?: boolean | undefined;
  setRawMode?(raw: boolean): unknown;
};

/** Where a console writes: `process.stdout`, or any stream, with what a terminal has beside it. */
export type ConsoleOutput = NodeJS.WritableStream & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  hasColors?(): boolean;
};

/** Whether a stream goes to a terminal that shows colours, and nobody has asked for none (https://no-color.org). */
export function showsColours(output: ConsoleOutput): boolean {
  return output.isTTY === true && !process.env['NO_COLOR'] && (output.hasColors?.() ?? true);
}

/** What can be shown of a text: without what would move a terminal's cursor, or change its colours or its title. */
export function printable(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '');
}

/** A style, or several, as `styleText` of `node:util` knows them: `'green'`, `['bold', 'cyan']` … */
export type ConsoleStyle = Parameters<typeof styleText>[0];

/** A text in a style; whether it is to be in one was asked before, and of the stream that it goes to. */
export function styled(text: string, style: ConsoleStyle): string {
  return styleText(style, text, { validateStream: false });
}
