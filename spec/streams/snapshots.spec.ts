import { expect } from 'chai';
import { is, List } from 'immutable';
import type { Message } from '../../lib/messages/message.js';
import type { Failure } from '../../lib/scope/failure.js';
import { MessageSequence } from '../../lib/streams/message-sequence.js';
import { readerOf } from '../../lib/streams/reader.js';
import { readListSnapshots, readSnapshots } from '../../lib/streams/snapshots.js';
import { failureOf, follow, growing, TestSequence } from './support.js';

describe('readSnapshots', () => {
  /** A message that grows, and the snapshots of it that somebody sees. */
  function watched(role = 'assistant') {
    const { log, message, draft } = growing({ role });
    const { seen } = follow((task) => readerOf(readSnapshots(message, task)));
    const texts = () => seen.map((snapshot) => (typeof snapshot === 'string' ? snapshot : (snapshot as Message).text));
    return { log, message, draft, seen, texts };
  }

  it('show the message as it is, then after each token; the last one is the whole', () => {
    const { log, message, draft, seen, texts } = watched();
    for (const token of ['Hel', 'lo']) log.append(token);
    log.end();
    expect(texts()).to.deep.equal(['', 'Hel', 'Hello', 'Hello', 'end']);
    expect(seen.at(-2)).to.equal(message.settled());
    for (const snapshot of seen.slice(0, -2)) {
      const { text } = snapshot as Message;
      expect(is(snapshot, draft.set('text', text)), text).to.equal(true);
    }
  });

  it('begin, for a later reader, with all that is there', () => {
    const { log, message } = watched();
    for (const token of ['Hel', 'lo']) log.append(token);
    const { seen } = follow((task) => readerOf(readSnapshots(message, task)));
    expect((seen[0] as Message).text).to.equal('Hello');
    log.end();
    const late = follow((task) => readerOf(readSnapshots(message, task)));
    expect(late.seen).to.deep.equal([message.settled(), 'end']);
  });

  it('are not repeated where nothing came', () => {
    const { log, texts } = watched();
    for (const token of ['', 'a', '', '']) log.append(token);
    expect(texts()).to.deep.equal(['', 'a']);
  });

  it('keep half of a surrogate pair back until the other half is there', () => {
    const { log, texts } = watched();
    const [high, low] = [...'😀'.split('')] as [string, string];
    for (const token of ['a', high, `${low}b`]) log.append(token);
    expect(texts()).to.deep.equal(['', 'a', 'a', 'a😀b']);
  });

  it('end with the error that cut the message short, or just end with a quiet one', () => {
    const [cut, left] = [watched(), watched()];
    for (const { log } of [cut, left]) log.append('a');
    cut.log.end(failureOf('boom'));
    left.log.end(failureOf('left'), true);
    expect(cut.texts()).to.deep.equal(['', 'a', 'error: boom']);
    expect(left.texts()).to.deep.equal(['', 'a', 'end']);
  });

  it('show what came just before the error', () => {
    const { log, message } = growing();
    log.append('a');
    log.end(failureOf('boom'));
    const { seen } = follow((task) => readerOf(readSnapshots(message, task)));
    expect([(seen[0] as Message).text, ...seen.slice(1)]).to.deep.equal(['a', 'error: boom']);
  });

  it('leave the message when they are closed', () => {
    const { log, message } = growing();
    const { close, seen } = follow((task) => readerOf(readSnapshots(message, task)));
    close();
    expect(log.readers?.size ?? 0).to.equal(0);
    log.append('a');
    expect(seen).to.have.lengthOf(1);
  });
});

describe('readListSnapshots', () => {
  /** A sequence that grows, and the snapshots of it that somebody sees. */
  function watched() {
    const { log } = new TestSequence();
    const sequence = new MessageSequence({ log, cancelBecause: () => {} });
    const { seen, close } = follow((task) => readerOf(readListSnapshots(sequence, task)));
    const lists = () =>
      seen.map((list) => (typeof list === 'string' ? list : (list as List<Message>).map(({ text }) => text).join('|')));
    const grow = () => {
      const message = growing();
      log.append(message.message);
      return message.log;
    };
    const say = (text: string) => {
      const tokens = grow();
      tokens.append(text);
      tokens.end();
    };
    return { log, sequence, seen, lists, grow, say, close };
  }

  it('show the list as it is, then after each token of any of them; the last one is the whole', () => {
    const { log, sequence, seen, lists, grow } = watched();
    const [first, second] = [grow(), grow()];
    second.append('x');
    first.append('a');
    second.append('y');
    for (const tokens of [first, second]) tokens.end();
    log.end();
    const different = lists().filter((list, i, all) => list !== all[i - 1]);
    expect(different).to.deep.equal(['', '|', '|x', 'a|x', 'a|xy', 'end']);
    expect(seen.at(-2)).to.equal(sequence.settled());
  });

  it('share what did not change from one list to the next', () => {
    const { seen, grow, say } = watched();
    say('said');
    const tokens = grow();
    for (const token of ['a', 'b']) tokens.append(token);
    const last = seen.slice(-2) as List<Message>[];
    expect(last.map((list) => list.get(1)?.text)).to.deep.equal(['a', 'ab']);
    expect(last[0]?.get(0)).to.equal(last[1]?.get(0));
    expect(List.isList(last[1])).to.equal(true);
  });

  it('are not repeated where nothing came', () => {
    const { seen, grow } = watched();
    const tokens = grow();
    tokens.append('');
    tokens.append('');
    expect(new Set(seen).size).to.equal(seen.length);
    for (let i = 1; i < seen.length; i++) expect(is(seen[i - 1], seen[i])).to.equal(false);
  });

  it('begin, for a later reader, with all that is there; and are just the whole, where that is', () => {
    const { log, sequence, say } = watched();
    say('a');
    say('b');
    const late = follow((task) => readerOf(readListSnapshots(sequence, task)));
    expect((late.seen[0] as List<Message>).size).to.equal(2);
    log.end();
    const last = follow((task) => readerOf(readListSnapshots(sequence, task)));
    expect(last.seen).to.have.lengthOf(2);
    expect(last.seen[0]).to.equal(sequence.settled());
  });

  it('end with an error, in its place or of a message, the last one, too', () => {
    const cuts: ((cut: ReturnType<typeof watched>, failure: Failure) => void)[] = [
      ({ log }, failure) => log.append(failure),
      ({ grow }, failure) => grow().end(failure),
      ({ log, grow }, failure) => {
        const tokens = grow();
        log.end();
        tokens.append('a');
        tokens.end(failure);
      },
      ({ log, grow }, failure) => {
        grow();
        log.end(failure);
      },
    ];
    cuts.forEach((cut, i) => {
      const growingList = watched();
      cut(growingList, failureOf('boom'));
      expect(growingList.lists().at(-1), String(i)).to.equal('error: boom');
    });
  });

  it('just end, where it is the subscriber who left', () => {
    const { log, lists, grow } = watched();
    grow().append('a');
    log.end(failureOf('left'), true);
    expect(lists()).to.deep.equal(['', '', 'a', 'end']);
  });

  it('leave the messages, and those who wait for them, when they are closed or have ended', () => {
    const left = watched();
    const tokens = left.grow();
    left.close();
    expect(tokens.readers?.size ?? 0).to.equal(0);

    const ended = watched();
    const other = ended.grow();
    other.append('a');
    other.end();
    expect(other.over).to.equal(true);
    ended.log.end();
    expect(ended.lists().slice(-2)).to.deep.equal(['a', 'end']);
  });
});
