import { expect } from 'chai';
import { Log } from '../../lib/streams/log.js';
import { MessagePromise } from '../../lib/streams/message-promise.js';
import type { Entry } from '../../lib/streams/message-type.js';
import { Progress } from '../../lib/streams/progress.js';
import { LogReader } from '../../lib/streams/reader.js';
import { Counted, failureOf, growing, readNow } from './support.js';

describe('Progress', () => {
  function progressing() {
    const log = new Log<Entry>();
    const progress = new Progress(log);
    progress.run();
    const task = new Counted();
    progress.watch(task, true);
    return { log, progress, task };
  }
  const said = (text: string) => MessagePromise.of(text);

  it('passes each message when it has ended, in order', () => {
    const { log, progress } = progressing();
    const [slow, fast] = [growing(), growing()];
    for (const entry of [said('a'), slow.message, fast.message]) log.append(entry);
    expect(progress.passed).to.equal(1);
    fast.log.end();
    expect(progress.passed).to.equal(1);
    slow.log.end();
    expect(progress.passed).to.equal(3);
    expect(progress.done).to.equal(false);
    log.end();
    expect(progress.done).to.equal(true);
  });

  it('passes no message before its readers know of its end', () => {
    const { log, progress } = progressing();
    const slow = growing();
    log.append(slow.message);
    const reader = new LogReader(slow.log, new Counted());
    readNow(reader);
    slow.log.end();
    expect(progress.passed).to.equal(0);
    reader.close();
    expect(progress.passed).to.equal(1);
  });

  it('finds the first failure in order: of a message, or in its place', () => {
    const { log, progress } = progressing();
    const [slow, fast] = [growing(), growing()];
    const [slowly, fastly, placed] = [failureOf('slowly'), failureOf('fastly'), failureOf('placed')];
    for (const entry of [slow.message, fast.message, placed]) log.append(entry);
    fast.log.end(fastly);
    expect(progress.failure).to.equal(undefined);
    slow.log.end(slowly);
    expect(progress.failure).to.equal(slowly);
    log.end();
    expect(progress).to.include({ failure: slowly, passed: 3, done: true });

    const other = progressing();
    for (const entry of [said('a'), placed, fast.message]) other.log.append(entry);
    expect(other.progress.failure).to.equal(placed);
  });

  it('takes an error that is shown as text for none', () => {
    const { log, progress } = progressing();
    const slow = growing();
    log.append(slow.message.tolerant);
    slow.log.end(failureOf('boom'));
    log.end();
    expect(progress).to.include({ failure: undefined, done: true });
  });

  it('is done at once with the cancellation that came before all was whole', () => {
    const { log, progress, task } = progressing();
    log.append(growing().message);
    const cancelled = failureOf('cancelled');
    log.end(cancelled);
    expect(progress).to.include({ failure: cancelled, done: true, passed: 0 });
    expect(task.times).to.equal(1);
  });

  it('runs its tasks at the end, or at a failure and what is passed after it, until they are forgotten', () => {
    const { log, progress, task } = progressing();
    const slow = growing();
    log.append(slow.message);
    slow.log.append('token');
    slow.log.end();
    log.append(said('b'));
    expect([progress.passed, task.times]).to.deep.equal([2, 0]);
    log.append(failureOf('boom'));
    expect(task.times).to.equal(1);
    const forgotten = new Counted();
    progress.watch(forgotten, true);
    progress.forget(forgotten);
    log.end();
    expect([task.times, forgotten.times]).to.deep.equal([2, 0]);
  });

  it('runs those that read the whole before those that wait for it', () => {
    const { log, progress } = progressing();
    const ran: string[] = [];
    progress.watch({ run: () => ran.push('waits') }, false);
    progress.watch({ run: () => ran.push('reads') }, true);
    log.end();
    expect(ran).to.deep.equal(['reads', 'waits']);
  });

  it('waits for the end of one message at a time, and for nothing per token', () => {
    const { log, progress } = progressing();
    const [first, second] = [growing(), growing()];
    for (const { message } of [first, second]) log.append(message);
    expect([first, second].map((one) => one.log.readers?.size ?? 0)).to.deep.equal([0, 0]);
    let ran = 0;
    const run = progress.run.bind(progress);
    progress.run = () => (ran++, run());
    for (const { log: tokens } of [first, second]) for (let i = 0; i < 100; i++) tokens.append('token');
    second.log.end();
    expect(ran).to.equal(0);
    first.log.end();
    expect(ran).to.equal(1);
  });

  it('waits for nothing any longer when it is done', () => {
    const { log } = progressing();
    const slow = growing();
    log.append(slow.message);
    log.end(failureOf('cancelled'));
    expect(log.readers?.size ?? 0).to.equal(0);
  });

  it('passes any number of messages without overflowing the stack', () => {
    const { log, progress } = progressing();
    const all = Array.from({ length: 10_000 }, () => growing());
    for (const { message } of all) log.append(message);
    for (const one of [...all].reverse()) one.log.end();
    expect(progress.passed).to.equal(10_000);
  });
});
