// Runs TypeScript from source: `node --conditions=miniagents-source --require ./scripts/register.cjs file.ts`.
// A relative import names the file that tsc will emit (`./message.js`); from source that file is `./message.ts`. ts-node's own
// experimentalResolver would do the same, but fails on `#subpath` imports: it takes the resolved target for a URL.
const Module = require('node:module');
require('ts-node/register');

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  const emitted = /^\.\.?\/.*\.js$/.test(request) && parent?.filename?.endsWith('.ts');
  return Reflect.apply(resolveFilename, this, [emitted ? request.replace(/\.js$/, '.ts') : request, parent, ...rest]);
};
