import type { WriteStream } from 'node:tty';
import { MarkdownPage } from './markdown-page.js';
import type { Page } from './page.js';
import { ProgressLine } from './progress-line.js';
import { TerminalPage } from './terminal-page.js';

/** A page for people at a terminal, or one for the file or program that the output goes to. */
export function openPage(out: WriteStream, log: WriteStream): Page {
  const progress = new ProgressLine(log);
  return out.isTTY ? new TerminalPage(out, log, progress) : new MarkdownPage(out, log, progress);
}
