import { expect } from 'chai';
import { Feed } from '../../lib/streams/feed.js';
import { MessagePromise } from '../../lib/streams/message-promise.js';
import type { Entry } from '../../lib/streams/message-type.js';
import { Lane } from '../../lib/streams/walk.js';
import { failureOf, TestSequence, textOf } from './support.js';

describe('Feed', () => {
  function fed() {
    const seen: unknown[] = [];
    const feed = new Feed({
      append: (entry: Entry) => seen.push(textOf(entry)),
      endedQuietly: (failure) => seen.push(`quietly: ${String(failure.error)}`),
      feedEnded: () => seen.push('ended'),
    });
    return { feed, seen };
  }
  const said = (text: string) => MessagePromise.of(text);

  it('feeds in what is added, in order', () => {
    const { feed, seen } = fed();
    feed.appendAll([said('a')]);
    expect(seen).to.deep.equal(['a']);
    feed.appendAll([failureOf('boom')]);
    feed.appendAll([said('b')]);
    expect(seen).to.deep.equal(['a', 'error: boom', 'b']);
  });

  it('has all that comes of a lane or sequence come before what stands after it', () => {
    const { feed, seen } = fed();
    const [lane, sequence] = [new Lane(), new TestSequence()];
    for (const place of [lane, sequence, said('e')]) feed.appendAll([place]);
    sequence.say('c');
    lane.append(said('a'));
    expect(seen).to.deep.equal(['a']);
    lane.append(said('b'));
    lane.end();
    expect(seen).to.deep.equal(['a', 'b', 'c']);
    sequence.say('d').log.end();
    expect(seen).to.deep.equal(['a', 'b', 'c', 'd', 'e']);
  });

  it('goes on after an error in it', () => {
    const { feed, seen } = fed();
    const sequence = new TestSequence();
    sequence.log.append(failureOf('boom'));
    sequence.say('a').log.end(failureOf('bang'));
    for (const place of [sequence, said('b')]) feed.appendAll([place]);
    expect(seen).to.deep.equal(['error: boom', 'a', 'error: bang', 'b']);
  });

  it('ends when it is closed and all of it has come, once', () => {
    const { feed, seen } = fed();
    const lane = new Lane();
    feed.appendAll([lane]);
    feed.close();
    expect(seen).to.deep.equal([]);
    lane.append(said('a'));
    lane.end();
    expect(seen).to.deep.equal(['a', 'ended']);
    feed.run();
    feed.close();
    expect(seen).to.deep.equal(['a', 'ended']);
  });

  it('ends at once, where there is nothing in it', () => {
    const { feed, seen } = fed();
    feed.close();
    expect(seen).to.deep.equal(['ended']);
  });

  it('tells of what has ended quietly', () => {
    const { feed, seen } = fed();
    const inside = new TestSequence().say('a');
    feed.appendAll([inside, said('b')]);
    inside.log.end(failureOf('left'), true);
    feed.close();
    expect(seen).to.deep.equal(['a', 'quietly: left', 'b', 'ended']);
  });

  it('feeds in nothing more when it is stopped, and waits for nothing', () => {
    const { feed, seen } = fed();
    const inside = new TestSequence().say('a');
    feed.appendAll([inside, said('b')]);
    feed.stop();
    expect(inside.log.readers?.size).to.equal(0);
    inside.say('c');
    inside.log.end();
    feed.close();
    expect(seen).to.deep.equal(['a']);
  });

  it('may be stopped by those it feeds', () => {
    const inside = new TestSequence().say('a').say('b');
    const seen: unknown[] = [];
    const feed: Feed = new Feed({
      append: (entry) => {
        seen.push(textOf(entry));
        feed.stop();
      },
      endedQuietly: () => {},
      feedEnded: () => {},
    });
    feed.appendAll([inside]);
    inside.say('c');
    expect(seen).to.deep.equal(['a']);
    expect(inside.log.readers?.size ?? 0).to.equal(0);
  });

  it('takes what is added by those it feeds, after what is there', () => {
    const seen: unknown[] = [];
    const feed: Feed = new Feed({
      append: (entry) => {
        seen.push(textOf(entry));
        if (seen.length === 1) feed.appendAll([said('c')]);
      },
      endedQuietly: (failure) => seen.push(`quietly: ${String(failure.error)}`),
      feedEnded: () => seen.push('ended'),
    });
    const lane = new Lane();
    lane.append(said('a'));
    lane.append(said('b'));
    lane.end();
    feed.appendAll([lane]);
    feed.close();
    expect(seen).to.deep.equal(['a', 'b', 'c', 'ended']);
  });

  it('takes any number of places, behind one that is not ready, too', () => {
    const { feed, seen } = fed();
    const slow = new Lane();
    feed.appendAll([slow]);
    for (let i = 0; i < 10_000; i++) feed.appendAll([said('')]);
    expect(seen).to.have.lengthOf(0);
    slow.end();
    feed.close();
    expect(seen).to.have.lengthOf(10_001);
  });
});
