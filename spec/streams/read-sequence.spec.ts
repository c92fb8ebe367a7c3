import { expect } from 'chai';
import { MessagePromise } from '../../lib/streams/message-promise.js';
import { Progress } from '../../lib/streams/progress.js';
import { SequenceReader, TokensReader } from '../../lib/streams/read-sequence.js';
import { Counted, failureOf, follow, growing, TestSequence, textOf } from './support.js';

/** A sequence that says how far it is. */
class Progressing extends TestSequence {
  readonly progress = new Progress(this.log);

  constructor() {
    super();
    this.progress.run();
  }

  reader(task: { run(): void }): SequenceReader {
    return new SequenceReader(this, task, false);
  }
}

describe('SequenceReader', () => {
  /** What a reader sees of a sequence, as it comes: messages by their text so far. */
  const followed = (sequence: Progressing, endsWhole = false) => {
    const { seen } = follow((task) => new SequenceReader(sequence, task, endsWhole));
    return () => seen.map((reading) => (reading instanceof MessagePromise ? textOf(reading) : reading));
  };

  it('reads the messages, whole or not, up to the end', () => {
    const sequence = new Progressing().say('a');
    const seen = followed(sequence);
    const { message } = growing();
    sequence.log.append(message);
    sequence.say('c');
    expect(seen()).to.deep.equal(['a', undefined, 'c']);
    sequence.log.end();
    expect(seen()).to.deep.equal(['a', undefined, 'c', 'end']);
  });

  it('has the end wait until all are whole, where that is wanted', () => {
    const sequence = new Progressing();
    const [slow, fast] = [growing(), growing()];
    const seen = followed(sequence, true);
    for (const { message } of [slow, fast]) sequence.log.append(message);
    sequence.log.end();
    fast.log.end();
    expect(seen()).to.deep.equal([undefined, '']);
    slow.log.end();
    expect(seen()).to.deep.equal(['', '', 'end']);
  });

  it('has an error wait until the messages before it have ended', () => {
    const sequence = new Progressing();
    const slow = growing();
    const seen = followed(sequence);
    sequence.log.append(slow.message);
    sequence.log.append(failureOf('boom'));
    sequence.log.end();
    expect(seen()).to.deep.equal([undefined]);
    slow.log.end();
    expect(seen()).to.deep.equal(['', 'error: boom']);
  });

  it('ends with the first error, in order; those after it wait for nobody', () => {
    const sequence = new Progressing().say('a');
    const seen = followed(sequence);
    sequence.log.append(failureOf('first'));
    sequence.log.append(growing().message);
    sequence.log.append(failureOf('second'));
    expect(seen()).to.deep.equal(['a', 'error: first']);
  });

  it('does not wait with a cancellation, nor with the end of what was left quietly', () => {
    for (const quiet of [false, true]) {
      const sequence = new Progressing();
      const seen = [followed(sequence, true), followed(sequence, false)];
      sequence.log.append(growing().message);
      sequence.log.end(failureOf('cancelled'), quiet);
      const last = quiet ? 'end' : 'error: cancelled';
      for (const one of seen) expect(one()).to.deep.equal([undefined, last]);
    }
  });

  it('has a cancellation in the place of an end that it waits with', () => {
    const sequence = new Progressing();
    const seen = followed(sequence, true);
    sequence.log.append(growing().message);
    sequence.log.end();
    expect(seen()).to.deep.equal([undefined]);
    sequence.log.end(failureOf('cancelled'));
    expect(seen()).to.deep.equal([undefined, 'error: cancelled']);
  });

  it('waits for nothing any longer when it is closed', () => {
    const sequence = new Progressing();
    const slow = growing();
    const task = new Counted();
    const reader = new SequenceReader(sequence, task, true);
    sequence.log.append(slow.message);
    reader.read();
    reader.read();
    sequence.log.end();
    reader.read();
    const before = task.times;
    reader.close();
    slow.log.end();
    expect(task.times).to.equal(before);
  });
});

describe('TokensReader', () => {
  const followed = (sequence: Progressing) => follow((task) => new TokensReader(sequence, task));

  it('reads every token, of one message after the other, as it comes', () => {
    const sequence = new Progressing().say('a');
    const [slow, fast] = [growing(), growing()];
    const { seen } = followed(sequence);
    for (const { message } of [slow, fast]) sequence.log.append(message);
    fast.log.append('d');
    slow.log.append('b');
    expect(seen).to.deep.equal(['a', 'b']);
    slow.log.append('c');
    slow.log.end();
    expect(seen).to.deep.equal(['a', 'b', 'c', 'd']);
    fast.log.end();
    sequence.log.end();
    expect(seen).to.deep.equal(['a', 'b', 'c', 'd', 'end']);
  });

  it('ends with the error of a message, after its tokens', () => {
    const sequence = new Progressing();
    const slow = growing();
    const { seen } = followed(sequence);
    sequence.log.append(slow.message);
    sequence.say('after');
    slow.log.append('a');
    slow.log.end(failureOf('boom'));
    expect(seen).to.deep.equal(['a', 'error: boom']);
  });

  it('ends with an error in a message’s place', () => {
    const sequence = new Progressing().say('a');
    const { seen } = followed(sequence);
    sequence.log.append(failureOf('boom'));
    expect(seen).to.deep.equal(['a', 'error: boom']);
  });

  it('does not wait, in a sequence that is cut, for a message that goes on elsewhere', () => {
    for (const quiet of [false, true]) {
      const sequence = new Progressing();
      const slow = growing();
      const early = followed(sequence);
      sequence.log.append(slow.message);
      const late = followed(sequence);
      slow.log.append('a');
      sequence.log.end(failureOf('cancelled'), quiet);
      slow.log.append('b');
      for (const { seen } of [early, late]) expect(seen).to.deep.equal(['a', quiet ? 'end' : 'error: cancelled']);
    }
  });

  it('waits for nothing any longer when it is closed', () => {
    for (const whileReading of [true, false]) {
      const sequence = new Progressing();
      const slow = growing();
      const others = sequence.log.readers?.size ?? 0;
      if (whileReading) sequence.log.append(slow.message);
      const { close, seen } = followed(sequence);
      expect(sequence.log.readers?.size).to.be.greaterThan(others);
      close();
      expect([sequence.log.readers?.size ?? 0, slow.log.readers?.size ?? 0]).to.deep.equal([others, 0]);
      slow.log.append('a');
      expect(seen).to.deep.equal([]);
    }
  });
});
