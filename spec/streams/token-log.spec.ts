import { expect } from 'chai';
import { LogReader } from '../../lib/streams/reader.js';
import { TokenLog } from '../../lib/streams/token-log.js';
import { Counted, failureOf, readNow, TestScope } from './support.js';

describe('TokenLog', () => {
  const logOf = (...tokens: string[]) => {
    const log = new TokenLog();
    for (const token of tokens) log.append(token);
    return log;
  };
  const ended = (...tokens: string[]) => {
    const log = logOf(...tokens);
    log.end();
    return log;
  };

  it('has all tokens joined as its text, at any time', () => {
    const log = logOf('Hel', 'lo');
    expect(log.text).to.equal('Hello');
    log.append('!');
    log.end();
    expect(log.text).to.equal('Hello!');
  });

  it('is over when it has ended and everybody who read along knows', () => {
    const log = logOf('a');
    const readers = [new Counted(), new Counted()].map((task) => new LogReader(log, task, log.open()));
    readers.forEach(readNow);
    log.end();
    expect(log.over).to.equal(false);
    readers[0]?.close();
    expect(log.over).to.equal(false);
    readers[1]?.close();
    expect(log.over).to.equal(true);
    expect(ended('a').over).to.equal(true);
  });

  it('runs what waits for its end: those that read the whole before those that wait for it', () => {
    const log = logOf('a');
    const ran: string[] = [];
    const forgotten = { run: () => ran.push('forgotten') };
    log.whenOver({ run: () => ran.push('waits') }, false);
    log.whenOver({ run: () => ran.push('reads') }, true);
    log.whenOver(forgotten, true);
    log.forget(forgotten);
    const reader = new LogReader(log, new Counted(), log.open());
    readNow(reader);
    log.end();
    expect(ran).to.deep.equal([]);
    reader.close();
    expect(ran).to.deep.equal(['reads', 'waits']);
    log.whenOver({ run: () => ran.push('late') }, false);
    expect(ran).to.deep.equal(['reads', 'waits', 'late']);
  });

  it('gives a later reader the same tokens', () => {
    const tokens = ['a', '', 'bc', '😀', 'x'.repeat(255), 'y'.repeat(256), 'z'.repeat(70_000), ''];
    for (const some of [tokens, tokens.slice(0, 5), tokens.slice(0, 1), [''], ['', ''], []]) {
      const log = ended(...some);
      expect(readNow(new LogReader(log, new Counted(), log.open()))).to.deep.equal([...some, 'end']);
    }
  });

  it('keeps them as one text and their lengths once all have been read by those who read along', () => {
    const log = logOf('a', 'b');
    const reader = new LogReader(log, new Counted(), log.open());
    readNow(reader);
    log.end();
    expect(log.entries).to.deep.equal(['a', 'b']);
    reader.close();
    expect(log.entries).to.deep.equal([]);
    expect(log.open()).to.deep.equal(['a', 'b']);
  });

  it('does not take away what somebody still reads', () => {
    const log = logOf('a', 'b', 'c');
    const slow = new LogReader(log, new Counted(), log.open());
    slow.read();
    log.end();
    expect(readNow(slow)).to.deep.equal(['b', 'c', 'end']);
  });

  it('does the same when it ends with a failure', () => {
    const log = logOf('a', 'b');
    log.end(failureOf('boom'));
    expect(log).to.include({ over: true, text: 'ab' });
    expect(log.open()).to.deep.equal(['a', 'b']);
  });

  it('has its failure consumed, before or after it comes, where somebody takes that as text', () => {
    const scope = new TestScope();
    const [before, after, never] = [logOf('a'), logOf('a'), logOf('a')];
    before.tolerate();
    for (const log of [before, after, never]) log.end(scope.fail(log === never ? 'never' : 'taken'));
    after.tolerate();
    expect(scope.unconsumed()).to.deep.equal(['never']);
  });

  it('of a text that is there already has that as one token; of no text, none', () => {
    const log = TokenLog.of('Hello');
    expect(log).to.include({ ended: true, over: true, text: 'Hello' });
    expect(log.open()).to.deep.equal(['Hello']);
    expect(TokenLog.of('').open()).to.deep.equal([]);
    const late = new Counted();
    log.whenOver(late, true);
    expect(late.times).to.equal(1);
  });
});
