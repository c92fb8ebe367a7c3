// Whoever asks for `miniagents` gets the bundle that MINIAGENTS_BUNDLE names.
const Module = require('node:module');

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  return request === 'miniagents'
    ? process.env.MINIAGENTS_BUNDLE
    : Reflect.apply(resolveFilename, this, [request, ...rest]);
};
