// The specs that need more than npm has: spec/**/*.services.ts. PostgreSQL and Chromium are Debian's; they are installed where they
// are missing. The server is a private one, on a free port, in a temporary folder that is gone afterwards.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const POSTGRES = '/usr/lib/postgresql';
const CHROMIUM = '/usr/bin/chromium';
const isRoot = process.getuid?.() === 0;

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')} ended with ${status}`);
}

/** Installs what is missing. */
function install() {
  const missing = [...(existsSync(POSTGRES) ? [] : ['postgresql']), ...(existsSync(CHROMIUM) ? [] : ['chromium'])];
  if (missing.length === 0) return;
  const apt = (...args) =>
    run(isRoot ? 'apt-get' : 'sudo', [...(isRoot ? [] : ['apt-get']), '-qq', '-y', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  console.log(`Installing ${missing.join(' and ')}`);
  apt('update');
  apt('install', '--no-install-recommends', ...missing);
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A shell command as the user that may run a PostgreSQL server, which root may not. */
const asUser = (command) => (isRoot ? `cd / && runuser -u postgres -- ${command}` : command);
const shell = (command) => run('bash', ['-c', command], { stdio: ['ignore', 'ignore', 'inherit'] });

async function startPostgres() {
  const version = readdirSync(POSTGRES).sort((a, b) => b - a)[0];
  const program = (name) => join(POSTGRES, version, 'bin', name);
  const folder = await mkdtemp(join(tmpdir(), 'miniagents-postgres-'));
  await chmod(folder, 0o777);
  const [data, port] = [join(folder, 'data'), await freePort()];
  const control = (what) => asUser(`${program('pg_ctl')} -D ${data} -w -t 240 -s -l ${join(folder, 'log')} ${what}`);
  shell(asUser(`${program('initdb')} -D ${data} -U postgres -A trust -E UTF8 --no-locale`));
  // Without fsync, which only an end of the machine would need: specs kill processes, and what those have written outlives them.
  // With it, a start after a crash first has thousands of files written to the disk, which can take minutes where others write.
  const start = control(`-o "-p ${port} -h 127.0.0.1 -k ${folder} -c fsync=off" start`);
  const stop = control('-m immediate stop');
  shell(start);
  return {
    env: {
      MINIAGENTS_POSTGRES: `postgres://postgres@127.0.0.1:${port}`,
      MINIAGENTS_POSTGRES_START: start,
      MINIAGENTS_POSTGRES_STOP: stop,
    },
    async stop() {
      try {
        shell(stop);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Starts a browser once, for nothing: after its installation it takes long to be read from the disk. */
function warmUp() {
  const options = { stdio: 'ignore', timeout: 180_000, killSignal: 'SIGKILL' };
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
  spawnSync(CHROMIUM, [...flags, '--disable-component-update', '--disable-sync', '--dump-dom', 'about:blank'], options);
}

install();
warmUp();
const postgres = await startPostgres();
let status = 1;
try {
  const given = process.argv.slice(2);
  const specs = readdirSync('spec', { recursive: true }).filter((name) => name.endsWith('.services.ts'));
  const files = given.length > 0 ? given : specs.map((name) => join('spec', name)).sort();
  const env = { ...process.env, ...postgres.env, MINIAGENTS_CHROMIUM: CHROMIUM };
  ({ status } = spawnSync(process.execPath, ['node_modules/mocha/bin/mocha.js', '--exit', ...files], {
    stdio: 'inherit',
    env,
  }));
} finally {
  await postgres.stop();
}
process.exit(status ?? 1);
