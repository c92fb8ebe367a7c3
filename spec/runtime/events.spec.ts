import { expect } from 'chai';
import { repeat, take } from 'rxjs';
import { Failure } from '../../lib/scope/failure.js';
import { Events } from '../../lib/runtime/events.js';
import type { MiniAgentsEvent } from '../../lib/runtime/events.js';
import { MessagePromise } from '../../lib/streams/message-promise.js';
import { currentScope, runIn } from '../../lib/scope/ambient.node.js';
import { failureOf, growing, TestScope } from '../streams/support.js';

describe('Events', () => {
  const interaction = { id: '1', agent: 'agent' };
  const place = { interaction };
  const inquiry = { interaction, path: 'agent <- top', agent: { params: { mark: '!' } } };

  function told(events = new Events()) {
    const seen: MiniAgentsEvent[] = [];
    const subscription = events.events$.subscribe((event) => seen.push(event));
    return { events, seen, subscription };
  }

  it('tell of what happens, and where, as it happens', () => {
    const { events, seen } = told();
    events.inquired(inquiry);
    for (const type of ['started', 'finished', 'cancelled'] as const) events.emit(place, type);
    events.emit(place, 'failed', failureOf('boom'));
    expect(seen).to.deep.equal([
      { type: 'inquired', interaction, params: { mark: '!' }, path: 'agent <- top' },
      ...['started', 'finished', 'cancelled'].map((type) => ({ type, interaction })),
      { type: 'failed', interaction, error: 'boom' },
    ]);
  });

  it('tell every subscriber, from now on, until it leaves', () => {
    const { events, seen, subscription } = told();
    events.inquired(inquiry);
    const late = told(events);
    events.emit(place, 'started');
    subscription.unsubscribe();
    events.emit(place, 'finished');
    expect(seen.map(({ type }) => type)).to.deep.equal(['inquired', 'started']);
    expect(late.seen.map(({ type }) => type)).to.deep.equal(['started', 'finished']);
  });

  it('tell who subscribes because of an event of the next one first', () => {
    const events = new Events();
    const seen: string[] = [];
    events.events$.pipe(take(1), repeat()).subscribe(({ type }) => seen.push(type));
    events.inquired(inquiry);
    events.emit(place, 'started');
    expect(seen).to.deep.equal(['inquired', 'started']);
  });

  it('tell each subscriber in the scope in which it subscribed', () => {
    const events = new Events();
    const [own, other] = [new TestScope(), new TestScope()];
    const seen: unknown[] = [];
    const subscribe = () => events.events$.subscribe(() => seen.push(currentScope()));
    subscribe();
    runIn(own, subscribe, undefined);
    runIn(other, () => events.emit(place, 'started'), undefined);
    expect(seen).to.deep.equal([undefined, own]);
  });

  it('tell of the whole once where it came as what may fail and as what may not', () => {
    for (const fails of [false, true]) {
      const { events, seen } = told();
      const { message, log } = growing();
      events.entry(place, 'received', message);
      events.entry(place, 'replied', message.tolerant);
      log.append('a');
      log.end(fails ? failureOf(new RangeError('boom')) : undefined);
      const wholes = seen.flatMap((event) => (event.type === 'resolved' ? [String(event.message)] : []));
      expect(wholes).to.deep.equal([fails ? 'a\nRangeError: boom' : 'a']);
    }
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

  it('tell of errors among messages apart, at their places, and consume none', () => {
    const { events, seen } = told();
    const places: unknown[] = [];
    events.onErrorOrEnd.add((error) => places.push([seen.length, error]));
    const failures = new Set<Failure>();
    const failure = new Failure('boom', { path: '' }, failures);
    failures.add(failure);
    events.entry(place, 'received', MessagePromise.of('a'));
    events.entry(place, 'replied', failure);
    expect(places).to.have.deep.members([[2, { interaction, type: 'replied', failure }]]);
    expect(failures.size).to.equal(1);
  });

  it('make nothing of what happens where nobody listens', () => {
    const { events, subscription } = told();
    subscription.unsubscribe();
    let asked = 0;
    const lazy = {
      ...inquiry,
      get interaction() {
        asked++;
        return interaction;
      },
      get path() {
        asked++;
        return '';
      },
    };
    const { message, log } = growing();
    events.inquired(lazy);
    events.emit(lazy, 'started');
    events.entry(lazy, 'replied', message);
    const late = told(events);
    log.end();
    expect(asked).to.equal(0);
    expect(late.seen).to.deep.equal([]);
  });

  it('tell of the end of messages, if somebody wants to know', () => {
    const events = new Events();
    const ends: unknown[] = [];
    events.ended(place, 'received');
    events.onErrorOrEnd.add((end) => ends.push(end));
    events.ended(place, 'replied');
    expect(ends).to.deep.equal([{ interaction, type: 'replied' }]);
  });
});
