import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns';
import { readFile } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import { gzip } from 'node:zlib';
import { RealInputOutputError } from '../../lib/testing/real-input-output-error.js';
import { RealResources } from '../../lib/testing/real-resources.js';

describe('RealResources', () => {
  /** What is said of something that is begun while it is watched, and is let end. */
  const seenOf = async (work: () => unknown): Promise<string[]> => {
    const real = new RealResources();
    try {
      await real.watch(async () => {
        await work();
      });
      real.check(() => ['fetches']);
      return [];
    } catch (error) {
      expect(error)
        .to.be.instanceOf(RealInputOutputError)
        .and.deep.include({ unfinished: ['fetches'] });
      return (error as RealInputOutputError).resources.map((what) => what.replace(/ \(.*/, ''));
    } finally {
      real.stop();
    }
  };
  const called = (work: (done: () => void) => unknown) => new Promise<void>((resolve) => void work(resolve));
  const refused = (what: { on(event: 'error', done: () => void): unknown }, done: () => void) => what.on('error', done);

  const listening = (server: Server, done: () => void) => server.listen(0, () => server.close(done));

  for (const [what, work] of [
    ['a file', () => readdir('.')],
    ['a file', () => called((done) => readFile('package.json', done))],
    ['a file', async () => (await open('package.json')).close()],
    ['a socket', () => called((done) => refused(connect(1, '127.0.0.1'), done))],
    ['a socket', () => called((done) => refused(request('http://127.0.0.1:1').end(), done))],
    ['a socket', () => fetch('http://127.0.0.1:59998').catch(String)],
    ['a server', () => called((done) => listening(createServer(), done))],
    ['the name of a host', () => called((done) => lookup('localhost', done))],
    ['a child process', () => called((done) => spawn(process.execPath, ['-e', '']).on('close', done))],
    ['a worker', () => new Worker('', { eval: true }).terminate()],
    ['cryptography', () => called((done) => randomBytes(8, done))],
    ['cryptography', () => crypto.subtle.digest('SHA-256', new Uint8Array(8))],
    ['compression', () => called((done) => gzip('a', done))],
  ] as const)
    it(`sees ${what}: ${String(work).replace(/\s+/g, ' ').slice(6, 60)}`, async () => {
      expect(await seenOf(work)).to.include(what);
    });

  it('sees a request also on a socket that was there before', async () => {
    const server = createServer((_request, response) => response.end('pong'));
    await called((done) => server.listen(0, '127.0.0.1', done));
    const ask = async () => (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).text();
    try {
      await ask();
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(await seenOf(ask)).to.include('a request');
      expect(await seenOf(() => {})).to.deep.equal([]);
    } finally {
      server.closeAllConnections();
      await called((done) => server.close(done));
    }
  });

  it('sees nothing in promises, timers and what is printed', async () => {
    const work = async () => {
      await new Promise((resolve) => setTimeout(resolve));
      await new Promise((resolve) => setImmediate(resolve));
      process.stderr.write('');
      new MessageChannel().port1.close();
    };
    expect(await seenOf(work)).to.deep.equal([]);
  });

  it('sees nothing of what others begin meanwhile', async () => {
    let others: Promise<unknown> | undefined;
    let begin = (): void => {};
    const began = new Promise<void>((resolve) => (begin = resolve)).then(() => (others = readdir('.')));
    const work = async () => {
      begin();
      await new Promise((resolve) => setTimeout(resolve));
    };
    expect(await seenOf(work)).to.deep.equal([]);
    await Promise.all([began, others]);
    expect(others).not.to.equal(undefined);
  });
});
