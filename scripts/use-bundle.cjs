// Whoever asks for `miniagents`, or one of its entries, gets the bundle that MINIAGENTS_BUNDLE names.
const Module = require('node:module');

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  return /^miniagents(\/|$)/.test(request)
    ? process.env.MINIAGENTS_BUNDLE
    : Reflect.apply(resolveFilename, this, [request, ...rest]);
};
