import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';

type Target = string | { readonly [condition: string]: Target };
interface Manifest {
  readonly exports: { readonly [entry: string]: Target };
  readonly imports: { readonly [name: string]: Target };
  readonly [dependencies: string]: { readonly [name: string]: unknown };
}

const load = createRequire(__filename);
const manifestPath = load.resolve('miniagents/package.json');
const root = dirname(manifestPath);
const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as Manifest;
const fromSource = load.resolve('miniagents').endsWith('.ts');

/** Where a package leads those to who ask under some conditions. */
function pick(target: Target | undefined, conditions: readonly string[]): string {
  if (typeof target === 'string' || target === undefined) return target ?? expect.fail('leads nowhere');
  const [, next] = Object.entries(target).find(([condition]) => conditions.includes(condition)) ?? [];
  return pick(next, conditions);
}

/** What a file imports, types left out. */
const importsOf = (file: string): string[] => {
  const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const found = code.matchAll(
    /\b(import|export)\s+(type\s)?[^'"();]*?from\s*['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]/gm,
  );
  return [...found].flatMap(([, , type, from, called, effect]) => (type ? [] : [from ?? called ?? effect ?? '']));
};

/** All that is loaded with an entry: the package's own files, and what each of them takes from outside. */
function loadedWith(entry: string, place: readonly string[]) {
  const conditions = [...(fromSource ? ['miniagents-source'] : []), ...place, 'default'];
  const files = new Set<string>();
  const outside = new Map<string, string>();
  const todo = [resolve(root, pick(manifest.exports[entry], conditions))];
  for (let file = todo.pop(); file; file = todo.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const name of importsOf(file)) {
      if (name.startsWith('#')) todo.push(resolve(root, pick(manifest.imports[name], conditions)));
      else if (!name.startsWith('.')) outside.set(name, relative(root, file));
      else todo.push(sourceOf(resolve(dirname(file), name)));
    }
  }
  return { files: [...files].map((file) => relative(root, file)), outside };
}

const sourceOf = (path: string) => (existsSync(path) ? path : path.replace(/\.js$/, '.ts'));
const packageOf = (name: string) =>
  (name.startsWith('@') ? name.split('/').slice(0, 2) : name.split('/').slice(0, 1)).join('/');
const isOfNode = (name: string) => name.startsWith('node:') || builtinModules.includes(name);

describe('law 12: small at the heart', () => {
  const browser = loadedWith('.', ['browser', 'import']);
  const node = loadedWith('.', ['node', 'require']);

  it('(the way through the files leads to all of them)', () => {
    for (const { files } of [browser, node]) expect(files.length).to.be.greaterThan(20);
    for (const folder of ['messages', 'streams', 'runtime'])
      expect(
        browser.files.some((file) => file.includes(join(folder, ''))),
        folder,
      ).to.be.true;
  });

  it('the core imports rxjs, immutable, and at most one hashing and one canonical-JSON library', () => {
    const packages = [...new Set([...browser.outside.keys()].map(packageOf))];
    expect(packages).to.include.members(['rxjs', 'immutable']);
    expect(packages.filter((name) => name !== 'rxjs' && name !== 'immutable' && name !== 'tslib').length).to.be.at.most(
      2,
    );
  });

  it('nothing of Node in what browsers get, and in Node only in the files that are for it', () => {
    expect([...browser.outside.keys()].filter(isOfNode)).to.deep.equal([]);
    const ofNode = [...node.outside].filter(([name]) => isOfNode(name)).map(([, file]) => file);
    expect(ofNode.filter((file) => !/\.node\.[jt]s$/.test(file))).to.deep.equal([]);
  });

  it('rxjs and immutable are peers, SDKs are optional ones', () => {
    const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = manifest;
    expect(Object.keys(peerDependencies)).to.include.members(['rxjs', 'immutable']);
    for (const sdk of ['openai', '@anthropic-ai/sdk']) {
      expect(dependencies).not.to.have.property(sdk);
      expect(peerDependenciesMeta[sdk]).to.deep.equal({ optional: true });
    }
    for (const name of ['rxjs', 'immutable']) {
      expect(dependencies).not.to.have.property(name);
      expect(peerDependenciesMeta).not.to.have.property(name);
    }
  });

  it('everything else is an entry of its own: the core loads none of it, and they do not load each other', () => {
    const entries = Object.keys(manifest.exports).filter((entry) => entry !== '.' && !entry.endsWith('.json'));
    expect(entries).to.include.members(['./openai', './anthropic']);
    const entryFiles = new Map(entries.map((entry) => [entry, loadedWith(entry, ['node', 'require']).files[0]]));
    for (const [entry, file] of entryFiles) {
      expect(node.files, `the core loads ${entry}`).not.to.include(file);
      const loaded = loadedWith(entry, ['node', 'require']).files;
      const others = [...entryFiles].filter(([other]) => other !== entry).map(([, each]) => each);
      expect(loaded.filter((each) => others.includes(each))).to.deep.equal([]);
    }
  });

  it('an SDK is loaded by nobody who does not use it', () => {
    for (const { outside } of [browser, node])
      expect([...outside.keys()].map(packageOf)).not.to.include.oneOf(['openai', '@anthropic-ai/sdk']);
  });
});
