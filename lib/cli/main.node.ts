#!/usr/bin/env node
import { runCommand } from './run-command.node.js';

// Who reads only the beginning (`… | head`) has had enough: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

void runCommand(process.argv.slice(2), process).then((code) => (process.exitCode = code));
