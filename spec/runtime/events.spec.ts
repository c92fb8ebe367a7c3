import { expect } from 'chai';
import { Events } from '../../lib/runtime/events.js';
import type { MiniAgentsEvent } from '../../lib/runtime/events.js';
import { MessagePromise } from '../../lib/streams/message-promise.js';
import { failureOf, growing } from '../streams/support.js';

describe('Events', () => {
  const interaction = { id: '1', agent: 'agent' };
  const place = { interaction };

  function told(events = new Events()) {
    const seen: MiniAgentsEvent[] = [];
    const subscription = events.events$.subscribe((event) => seen.push(event));
    return { events, seen, subscription };
  }

  it('tell of what happens, and where, as it happens', () => {
    const { events, seen } = told();
    for (const type of ['inquired', 'started', 'finished', 'cancelled'] as const) events.emit(place, type);
    events.emit(place, 'failed', failureOf('boom'));
    expect(seen).to.deep.equal([
      ...['inquired', 'started', 'finished', 'cancelled'].map((type) => ({ type, interaction })),
      { type: 'failed', interaction, error: 'boom' },
    ]);
  });

  it('tell every subscriber, from now on, until it leaves', () => {
    const { events, seen, subscription } = told();
    events.emit(place, 'inquired');
    const late = told(events);
    events.emit(place, 'started');
    subscription.unsubscribe();
    events.emit(place, 'finished');
    expect(seen.map(({ type }) => type)).to.deep.equal(['inquired', 'started']);
    expect(late.seen.map(({ type }) => type)).to.deep.equal(['started', 'finished']);
  });

  it('tell of a message that came, the same object, and later of its whole', () => {
    const { events, seen } = told();
    const { message, log } = growing();
    events.entry(place, 'replied', message);
    expect(seen).to.have.lengthOf(1);
    expect(seen[0]).to.include({ type: 'replied', message });
    log.append('a');
    log.end();
    expect(seen).to.have.lengthOf(2);
    expect(seen[1]).to.include({ type: 'resolved', interaction, message: message.settled() });
  });

  it('tell of the whole once for each message, where it was first', () => {
    const { events, seen } = told();
    const message = MessagePromise.of('a');
    const other = { interaction: { id: '2', agent: 'other' } };
    events.entry(place, 'replied', message);
    events.entry(other, 'received', message);
    expect(seen.map((event) => `${event.interaction.id} ${event.type}`)).to.deep.equal([
      ...['1 replied', '1 resolved', '2 received'],
    ]);
  });

  it('tell of no whole where there is none, and of no errors as messages', () => {
    const { events, seen } = told();
    const { message, log } = growing();
    events.entry(place, 'replied', message);
    events.entry(place, 'replied', failureOf('boom'));
    log.end(failureOf('cut'));
    expect(seen.map(({ type }) => type)).to.deep.equal(['replied']);
  });

  it('make nothing of what happens where nobody listens', () => {
    const { events, subscription } = told();
    subscription.unsubscribe();
    let asked = 0;
    const lazy = {
      get interaction() {
        asked++;
        return interaction;
      },
    };
    const { message, log } = growing();
    events.emit(lazy, 'inquired');
    events.entry(lazy, 'replied', message);
    const late = told(events);
    log.end();
    expect(asked).to.equal(0);
    expect(late.seen).to.deep.equal([]);
  });
});
