import { expect } from 'chai';
import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { Message } from '../../lib/messages/message.js';
import { runIn } from '../../lib/scope/ambient.node.js';
import '../../lib/streams/message-stream.js';
import { MessageSequence } from '../../lib/streams/message-sequence.js';
import { rejection, TestScope } from './support.js';

describe('10,000 sequences in each other', () => {
  const DEPTH = 10_000;

  /** Sequences in each other, around a message that is still to come and another one. */
  function nested(scope = new TestScope()) {
    const tokens = new Subject<string>();
    const sequence = runIn(
      scope,
      () => {
        let outer = MessageSequence.from([Message.stream(tokens), 'c']);
        for (let i = 0; i < DEPTH; i++) outer = MessageSequence.from([outer]);
        return outer;
      },
      undefined,
    );
    return { scope, tokens, sequence };
  }

  /** How what is read comes to an end, and how much it was. */
  function read(pieces$: Observable<unknown>) {
    const seen = { pieces: 0, end: '' };
    pieces$.subscribe({
      next: () => seen.pieces++,
      error: (error: unknown) => (seen.end = String(error)),
      complete: () => (seen.end = 'complete'),
    });
    return seen;
  }

  it('are read, and end, whoever reads', () => {
    const { scope, tokens, sequence } = nested();
    const [messages, text, whole] = [read(sequence), read(sequence.tokens$), read(sequence.whole$)];
    tokens.next('a');
    expect([messages, text, whole].map(({ pieces }) => pieces)).to.deep.equal([2, 1, 0]);
    tokens.next('b');
    tokens.complete();
    expect([messages, text, whole]).to.deep.equal([
      { pieces: 2, end: 'complete' },
      { pieces: 3, end: 'complete' },
      { pieces: 1, end: 'complete' },
    ]);
    scope.letGo();
    expect(scope.over).to.equal(true);
  });

  it('have an error at its place', async () => {
    const { tokens, sequence } = nested();
    const seen = [read(sequence.tokens$), read(sequence.snapshots$), read(sequence.whole$)];
    tokens.error(new Error('boom'));
    for (const { end } of seen) expect(end).to.equal('Error: boom');
    expect(await sequence.errorsAsMessages().text()).to.equal('Error: boom\n\nc');
  });

  it('are cancelled from the outside, and with that in which they were made', async () => {
    const [one, other] = [nested(), nested()];
    const seen = [read(one.sequence.tokens$), read(other.sequence.tokens$)];
    one.sequence.cancel('enough');
    expect(await rejection(one.sequence.resolve())).to.include({ cause: 'enough' });
    other.scope.cancel({ error: new CancelledError('the run'), quiet: false });
    expect(other.tokens.observed).to.equal(false);
    expect(await rejection(other.sequence.resolve())).to.be.instanceOf(CancelledError);
    for (const { end } of seen) expect(end).to.match(/^CancelledError/);
  });
});
