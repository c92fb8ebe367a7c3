// The examples in the doc comments of lib/, each with imports of what it names: from the library, from packages, or from what is given
// (spec/samples/given.ts).
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const read = (file) => readFileSync(join(root, file), 'utf8');
const all = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found);

const PACKAGES = {
  rxjs: ['concatMap', 'map', 'of'],
  immutable: ['is'],
  openai: ['OpenAI'],
  'node:fs/promises': ['readFile', 'writeFile'],
};

/** The values that an entry of the library exports, by their names. */
function valuesOf(file) {
  const listed = all(read(file), /^export \{([^}]*)\}/gm).flatMap((names) => names.match(/\w+/g));
  return [...listed, ...all(read(file), /^export function (\w+)/gm)];
}

const entries = Object.entries(JSON.parse(read('package.json')).exports).filter(([, to]) => to['miniagents-source']);
const modules = [
  ...entries.map(([entry, to]) => [entry.replace('.', 'miniagents'), valuesOf(to['miniagents-source'])]),
  ...Object.entries(PACKAGES),
  ['./given.js', all(read('spec/samples/given.ts'), /^export const (\w+)/gm)],
];

function importsOf(code) {
  const missing = new Set(code.match(/\w+/g));
  const lines = modules.map(([module, names]) => {
    const used = names.filter((name) => missing.delete(name));
    return used.length > 0 ? `import { ${used.join(', ')} } from '${module}';\n` : '';
  });
  return lines.join('');
}

/** Each example: the file that it stands in, its code, and the imports that it needs. */
exports.examples = readdirSync(join(root, 'lib'), { recursive: true })
  .filter((name) => name.endsWith('.ts'))
  .sort()
  .flatMap((name) => {
    const file = `lib/${name.replaceAll('\\', '/')}`;
    return all(read(file), /^ *\* ```ts\n([^]*?)^ *\* ```$/gm).map((lines) => {
      const code = lines.replace(/^ *\* ?/gm, '');
      return { file, code, imports: importsOf(code) };
    });
  });
