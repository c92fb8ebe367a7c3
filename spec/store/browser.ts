import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';

const root = join(__dirname, '../..');
const fromSource = process.execArgv.some((option) => option.includes('miniagents-source'));
const { MINIAGENTS_CHROMIUM = '/usr/bin/chromium' } = process.env;

/** In a container as root, without a sandbox; nothing looks for hosts that are not there. */
const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--remote-debugging-port=0'],
  '--no-startup-window',
];

/** How long a browser may take until it answers: a fresh one is read from a disk that may be busy. */
const ANSWER_MS = 45_000;

/** Serves a page with mocha and a program of spec/store on it; nothing else. */
export async function servePage(program: string) {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, program)],
    bundle: true,
    platform: 'browser',
    conditions: fromSource ? ['miniagents-source'] : [],
    write: false,
    logLevel: 'error',
  });
  const files: Record<string, [string, string | Uint8Array]> = {
    '/': ['text/html', '<!doctype html><meta charset="utf-8"><script src="mocha.js"></script>'],
    '/mocha.js': ['text/javascript', readFileSync(join(root, 'node_modules/mocha/mocha.js'))],
    '/program.js': ['text/javascript', outputFiles[0]?.contents ?? ''],
  };
  const server = createServer(({ url = '' }, response) => {
    const [type, content] = files[url] ?? ['text/plain', ''];
    response.writeHead(url in files ? 200 : 404, { 'content-type': `${type}; charset=utf-8` }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise((resolve) => server.close(resolve) && server.closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close };
}

/** A folder for what a browser keeps. */
export function profile() {
  const folder = mkdtempSync(join(tmpdir(), 'miniagents-chromium-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }) };
}

/** Starts a browser as a process of one's own, which can be killed. One that does not answer in time is started again. */
export async function startBrowser(folder: string, attempts = 4): Promise<{ page: Page; kill(): Promise<void> }> {
  const child = spawn(MINIAGENTS_CHROMIUM, [...FLAGS, `--user-data-dir=${folder}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  try {
    const browser = await chromium.connectOverCDP(await addressOf(child), { timeout: ANSWER_MS });
    const context = browser.contexts()[0] ?? (await browser.newContext());
    return { page: await context.newPage(), kill };
  } catch (error) {
    await kill();
    if (attempts === 1) throw error;
    return startBrowser(folder, attempts - 1);
  }
}

/** Where a browser listens, which it says when it does. */
function addressOf(browser: ChildProcessByStdio<null, null, Readable>): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = '';
    browser.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      const [, found] = /DevTools listening on (\S+)/.exec(log) ?? [];
      if (found) resolve(found);
    });
    browser.once('error', reject).once('close', () => reject(new Error(`Chromium ended: ${log}`)));
  });
}
