/** Where the digest is written, as it comes. */
export interface Page {
  /** Something about the digest itself. */
  note(line: string): void;
  /** Who speaks from here on. */
  heading(who: string): void;
  /** What is said, token by token. */
  text(token: string): void;
  /** What stands where something could not be said. */
  error(line: string): void;
  /** The end of what was said. */
  end(): void;
  /** How far it all is; the line takes the place of the one before it. */
  progress(line: string): void;
  /** The end: the progress goes, and a last line tells what came of it. Nothing is written after it. */
  close(line: string): void;
}
