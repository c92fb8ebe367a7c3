import { expect } from 'chai';
import { is } from 'immutable';
import { InvalidMessageError } from '../../lib/errors/invalid-message-error.js';
import { defineMessage } from '../../lib/messages/define-message.js';
import { Message } from '../../lib/messages/message.js';

describe('defineMessage', () => {
  const Rating = defineMessage('DefinedRating', { stars: 0, tags: [], note: '', about: null });

  it('makes a message class with fields of its own', () => {
    const rating = new Rating({ text: 'good', role: 'user', stars: 5 });
    expect(rating).to.be.instanceOf(Message).and.instanceOf(Rating);
    expect(rating).to.include({ text: 'good', role: 'user', stars: 5, note: '', about: null });
    expect(rating.tags).to.deep.equal([]).and.satisfy(Object.isFrozen);
    expect(Rating.name).to.equal('DefinedRating');
  });

  it('tells its messages from others of the same content', () => {
    const [One, Other] = [defineMessage('DefinedOne', {}), defineMessage('DefinedOther', {})];
    expect(is(new One({ text: 'a' }), new One({ text: 'a' }))).to.equal(true);
    expect(is(new One({ text: 'a' }), new Other({ text: 'a' }))).to.equal(false);
    expect(new One()).not.to.be.instanceOf(Other);
    expect(new Message()).not.to.be.instanceOf(One);
  });

  it('has each field take what is of its default’s kind; null takes anything', () => {
    for (const fields of [{ stars: '5' }, { tags: 'a' }, { note: 1 }, { data: [] }]) {
      expect(() => new Rating(fields as never))
        .to.throw(InvalidMessageError)
        .with.property('path', Object.keys(fields)[0]);
    }
    for (const about of ['text', 1, [], {}, new Message()]) expect(new Rating({ about }).about).to.deep.equal(about);
  });

  it('gives the instances back from JSON as what they were', () => {
    const rating = new Rating({ text: 'good', stars: 5, about: new Rating({ stars: 1 }) });
    const back = Message.fromJSON(JSON.parse(JSON.stringify(rating)) as object);
    expect(back).to.be.instanceOf(Rating);
    expect(is(back, rating)).to.equal(true);
  });

  it('has the class itself read JSON of its own, and refuse that of others', () => {
    const rating = new Rating({ text: 'good', stars: 5 });
    expect(is(Rating.fromJSON(rating.toJSON()), rating)).to.equal(true);
    expect(is(Rating.fromJSON({ text: 'good', stars: 5 }), rating)).to.equal(true);
    expect(() => Rating.fromJSON(new Message().toJSON())).to.throw(InvalidMessageError, '$type');
  });

  it('takes defaults for the common fields, too', () => {
    const Greeting = defineMessage('DefinedGreeting', { text: 'Hello', role: 'assistant', data: { kind: 'greeting' } });
    expect(new Greeting()).to.include({ text: 'Hello', role: 'assistant', name: undefined });
    expect(new Greeting().data).to.deep.equal({ kind: 'greeting' });
    expect(new Greeting({ text: 'Hi' })).to.include({ text: 'Hi', role: 'assistant' });
  });

  it('takes text alone for role and name, whatever their defaults', () => {
    for (const defaults of [{}, { role: undefined }, { role: null }, { role: 'assistant' }]) {
      const Note = defineMessage('DefinedNote', defaults as { role?: string });
      expect(new Note({ role: 'user' }).role).to.equal('user');
      expect(() => new Note({ role: 42 as never })).to.throw(InvalidMessageError, 'role: expected string; got 42');
      expect(new Note({ role: null as never }).role).to.equal(defaults.role ?? undefined);
    }
  });

  it('lets a later definition take the place of an earlier one of the same name', () => {
    const earlier = defineMessage('DefinedTwice', { one: 1 });
    const later = defineMessage('DefinedTwice', { other: 2 });
    expect(Message.fromJSON({ $type: 'DefinedTwice', other: 3 })).to.be.instanceOf(later);
    expect(() => Message.fromJSON(new earlier().toJSON()))
      .to.throw(InvalidMessageError)
      .with.property('path', 'one');
  });

  it('leaves the methods to a field that is called like one', () => {
    const Odd = defineMessage('DefinedOdd', { get: 'a', hashKey: 'b', toString: 'c', constructor: 'd', schema: 'e' });
    const odd = new Odd({ get: 'A' } as object) as Message;
    expect(odd.get('get')).to.equal('A');
    expect(['hashKey', 'toString', 'constructor', 'schema'].map((field) => odd.get(field))).to.have.ordered.members([
      ...['b', 'c', 'd', 'e'],
    ]);
    expect(String(odd)).to.equal('');
    expect(is(Message.fromJSON(odd.toJSON()), odd)).to.equal(true);
    expect(odd.set('get', 'x').set('constructor', 'y')).to.be.instanceOf(Odd);
  });

  it('refuses a name that is taken or is none', () => {
    for (const name of ['Message', '', 42, undefined]) {
      expect(() => defineMessage(name as string, {}))
        .to.throw(InvalidMessageError)
        .with.property('path', '$type');
    }
  });

  it('refuses fields and defaults that cannot be in a message', () => {
    const wrong: [object, string][] = [
      [{ when: () => {} }, 'when'],
      [{ deep: { list: [Symbol('x')] } }, 'deep.list[0]'],
      [{ text: 42 }, 'text'],
      [{ role: 42 }, 'role'],
      [{ $type: 'x' }, '$type'],
      [JSON.parse('{"__proto__":1}') as object, '__proto__'],
    ];
    for (const [fields, path] of wrong) {
      expect(() => defineMessage('DefinedWrong', fields))
        .to.throw(InvalidMessageError)
        .with.property('path', path);
    }
    expect(() => defineMessage('DefinedWrong', null as never)).to.throw(InvalidMessageError, 'fields');
  });
});
