import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Lowest first. What is not named here (each entry with the folder of its name) stands on top, side by side. */
const FLOORS = ['packages', 'errors', 'messages', 'scope', 'streams', 'runtime', 'index', 'llm'];

/** The command stands on top of the entries that it uses. */
const COMMAND = 'cli';

/** What the core may import from outside, and the only files that may import more. */
const OUTSIDE = /^(rxjs|immutable)(\/|$)/;
const OUTSIDE_OF: Record<string, RegExp> = {
  'messages/sha256.ts': /^@noble\/hashes\//,
  'messages/sha256.node.ts': /^node:crypto$/,
  'scope/ambient.node.ts': /^node:async_hooks$/,
};

/** Files without a spec of their own, each with the reason. */
const WITHOUT_TWIN: Record<string, string> = {
  'index.ts': 'names only: exports.spec.ts lists them',
  'openai.ts': 'names only: exports.spec.ts lists them',
  'llm/provider.ts': 'types only: small-provider.ts has them all',
  'anthropic.ts': 'names only: exports.spec.ts lists them',
  'testing.ts': 'names only: exports.spec.ts lists them',
  'testing/node.ts': 'names only: exports.spec.ts lists them',
  'testing/recording/recorded-event.ts': 'types only: event-fields.spec.ts says what an event is',
  'testing/recording/recorded-run.ts': 'types only: read-runs.spec.ts makes them',
  'trace.ts': 'names only: exports.spec.ts lists them',
  'agents/node.ts': 'names only: exports.spec.ts lists them',
  'agents.ts': 'names only: exports.spec.ts lists them',
  'store.ts': 'names only: exports.spec.ts lists them',
  'store/engine.ts': 'types only: memory-store.spec.ts and its like have them all',
  'store/postgres-engine.ts': 'needs a database: spec/store/postgres.services.ts',
  'store/indexeddb-engine.ts': 'needs a browser: spec/store/indexeddb.services.ts',
  'testing/picture/story.ts': 'types only: tell.spec.ts has them all',
  'store/message-store.ts': 'types only: spec/store/cases.ts is what they mean',
};

const root = join(__dirname, '..');
const { imports: subpaths, sideEffects } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  sideEffects: string[];
  imports: Record<string, { 'miniagents-source': Record<'node' | 'default', string> }>;
};

const filesOf = (folder: string): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    : [];
const sourceOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const IMPORT =
  /^\s*(?:import|export)(\s+type)?\b[^;'"()]*\bfrom\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'/gm;
const importsOf = (path: string): { name: string; typesOnly: boolean; forEffect: boolean }[] =>
  [...sourceOf(path).matchAll(IMPORT)].map(([, type, from, effect, dynamic]) => ({
    name: from ?? effect ?? dynamic ?? '',
    typesOnly: type !== undefined,
    forEffect: effect !== undefined,
  }));

/** Which files of lib/ an import may mean: none for a package, two for a #subpath. */
function targetsOf(file: string, name: string): string[] {
  if (name.startsWith('#'))
    return Object.values(subpaths[name]?.['miniagents-source'] ?? {}).map((path) => path.replace('./lib/', ''));
  return name.startsWith('.') ? [posix.join(posix.dirname(file), name).replace(/\.js$/, '.ts')] : [];
}

const lib = filesOf('lib').sort();
const edges = lib.flatMap((file) =>
  importsOf(`lib/${file}`).flatMap(({ name, typesOnly }) =>
    targetsOf(file, name).map((target) => ({ file, target, typesOnly })),
  ),
);
const shown = ({ file, target }: { file: string; target: string }): string => `${file} -> ${target}`;

/** The folder that a file stands in; an entry (lib/openai.ts) goes with the folder of its name. */
const placeOf = (file: string): string => file.split('/')[0]?.replace(/\.ts$/, '') ?? file;
const floorOf = (file: string): number =>
  FLOORS.includes(placeOf(file)) ? FLOORS.indexOf(placeOf(file)) : FLOORS.length + Number(placeOf(file) === COMMAND);
const isCore = (file: string): boolean => floorOf(file) <= FLOORS.indexOf('index');

describe('architecture', () => {
  it('is there', () => {
    expect(lib).to.include('index.ts');
    expect(edges.map(({ target }) => target).filter((target) => !lib.includes(target))).to.deep.equal([]);
  });

  it('a file imports from its own folder or from a lower floor', () => {
    const upward = edges.filter(
      ({ file, target }) => placeOf(file) !== placeOf(target) && floorOf(file) <= floorOf(target),
    );
    expect(upward.map(shown)).to.deep.equal([]);
  });

  it("a file imports the file itself, never a folder's index.ts", () => {
    expect(edges.filter(({ target }) => /(^|\/)index\.ts$/.test(target)).map(shown)).to.deep.equal([]);
  });

  it('there are no cycles: what a file needs to load is loaded before it', () => {
    // What imports nothing that is left, or is imported by nothing that is left, is in no cycle; a cycle is what stays.
    let left = edges.filter(({ typesOnly }) => !typesOnly);
    for (let before = Infinity; left.length < before;) {
      before = left.length;
      const [importing, imported] = [new Set(left.map(({ file }) => file)), new Set(left.map(({ target }) => target))];
      left = left.filter(({ file, target }) => imported.has(file) && importing.has(target));
    }
    expect(left.map(shown)).to.deep.equal([]);
  });

  it('the core imports rxjs and immutable, and nothing of Node outside the files for Node', () => {
    const outside = lib.filter(isCore).flatMap((file) =>
      importsOf(`lib/${file}`)
        .map(({ name }) => name)
        .filter((name) => !/^[.#]/.test(name) && !OUTSIDE.test(name) && !OUTSIDE_OF[file]?.test(name))
        .map((name) => `${file} -> ${name}`),
    );
    expect(outside).to.deep.equal([]);
  });

  it('bundlers keep what is imported for its effect: package.json names it', () => {
    const effects = [
      ...new Set(
        lib.flatMap((file) =>
          importsOf(`lib/${file}`).flatMap(({ name, forEffect }) => (forEffect ? targetsOf(file, name) : [])),
        ),
      ),
    ];
    const emitted = effects.map((file) => file.replace(/\.ts$/, '.js'));
    expect(sideEffects).to.have.members([
      ...effects.map((file) => `./lib/${file}`),
      ...emitted.flatMap((file) => [`./dist/cjs/${file}`, `./dist/esm/${file}`]),
    ]);
  });

  it('every file has a spec as its twin', () => {
    const twinOf = (file: string): string => `spec/${file.replace(/(\.node)?\.ts$/, '.spec.ts')}`;
    const alone = lib.filter((file) => !(file in WITHOUT_TWIN) && !existsSync(join(root, twinOf(file))));
    expect(alone).to.deep.equal([]);
    expect(Object.keys(WITHOUT_TWIN).filter((file) => !lib.includes(file))).to.deep.equal([]);
  });

  it('laws, samples and benches see what users see: they import the package by its name', () => {
    const users = ['spec/laws', 'spec/samples', 'samples', 'bench'];
    const inside = users
      .flatMap((folder) => filesOf(folder).map((name) => `${folder}/${name}`))
      .filter((path) => importsOf(path).some(({ name }) => /^\.{1,2}\/(.*\/)?(lib|dist)\//.test(name)));
    expect(inside).to.deep.equal([]);
  });

  it('no file is longer than 200 lines', () => {
    expect(lib.filter((file) => sourceOf(`lib/${file}`).split('\n').length > 201)).to.deep.equal([]);
  });
});
