/** What a command says to its user in one line before it ends. */
export class CommandError extends Error {
  constructor(
    message: string,
    /** What the process ends with: 1 if something went wrong, 2 if the command was not written as it has to be. */
    readonly exitCode: 1 | 2,
  ) {
    super(message);
  }
}
