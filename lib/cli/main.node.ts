#!/usr/bin/env node
import { runCommand } from './run-command.node.js';

// Who reads only the beginning (`… | head`) has had enough: that is no error.
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit();
  process.stderr.write(`miniagents: cannot write: ${message}\n`);
  process.exit(1);
});

void runCommand(process.argv.slice(2), process).then((code) => (process.exitCode = code));
