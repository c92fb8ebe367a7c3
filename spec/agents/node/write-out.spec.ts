import { expect } from 'chai';
import { PassThrough, Writable } from 'node:stream';
import { writeOut } from '../../../lib/agents/node/write-out.js';

describe('writeOut', () => {
  it('waits until the stream has taken the text', async () => {
    let take = () => {};
    const slow = new Writable({ write: (_chunk, _encoding, done) => (take = done) });
    const done: string[] = [];
    const writing = writeOut(slow, 'text').then(() => done.push('written'));
    await Promise.resolve();
    done.push('taken');
    take();
    await writing;
    expect(done).to.deep.equal(['taken', 'written']);
  });

  it('fails with what the stream fails with, which ends no process, and leaves no listener', async () => {
    const broken = new Writable({ write: (_chunk, _encoding, done) => done(new RangeError('boom')) });
    const closed = new PassThrough().end();
    const errorOf = (stream: Writable) => writeOut(stream, 'text').catch((error: unknown) => String(error));
    expect(await errorOf(broken)).to.equal('RangeError: boom');
    expect(await errorOf(closed)).to.include('write after end');
    await new Promise(setImmediate);
    expect([broken.listenerCount('error'), closed.listenerCount('error')]).to.deep.equal([0, 0]);
  });
});
