import { expect } from 'chai';
import { InvalidMessageError } from '../../lib/errors/invalid-message-error.js';
import { admit, schemaOf } from '../../lib/messages/message-fields.js';
import type { MessageValues } from '../../lib/messages/message-fields.js';

const common = { text: '', role: undefined, name: undefined, data: Object.freeze({}) };
const schema = schemaOf('Rating', { ...common, stars: 0, tags: Object.freeze([]), done: false, about: null });

describe('schemaOf', () => {
  it('has the name, the fields with their defaults, and which of them are further ones', () => {
    expect(schema.type).to.equal('Rating');
    expect({ ...schema.defaults }).to.deep.equal({ ...common, stars: 0, tags: [], done: false, about: null });
    expect(schema.further).to.deep.equal(['stars', 'tags', 'done', 'about']);
  });

  it('has what the JSON has, in canonical order', () => {
    expect(schema.sorted).to.deep.equal([
      ...['$type', 'about', 'data', 'done', 'name', 'role', 'stars', 'tags', 'text'],
    ]);
  });

  it('knows no fields that were not given, such as those of every object', () => {
    expect('toString' in schema.defaults).to.equal(false);
    expect('constructor' in schema.defaults).to.equal(false);
  });
});

describe('admit', () => {
  const refused = (fields: object): InvalidMessageError => {
    try {
      admit(schema, fields);
    } catch (error) {
      return error as InvalidMessageError;
    }
    return expect.fail('expected it to be refused');
  };

  it('takes the fields that are given, the rest as by default', () => {
    const values = admit(schema, { text: 'good', stars: 5 });
    expect(values).to.deep.equal({ ...common, text: 'good', stars: 5, tags: [], done: false, about: null });
  });

  it('takes nothing given as the default', () => {
    expect(admit(schema, { text: null, stars: undefined, data: null })).to.deep.equal(admit(schema, {}));
  });

  it('freezes what it takes', () => {
    const tags = ['a'];
    const values = admit(schema, { tags, about: { deep: [] } });
    expect(values).to.satisfy(Object.isFrozen);
    expect(values['tags']).to.deep.equal(tags).and.satisfy(Object.isFrozen);
    expect(values['tags']).not.to.equal(tags);
    expect((values['about'] as { deep: object }).deep).to.satisfy(Object.isFrozen);
  });

  it('does not copy what was frozen before', () => {
    const before = admit(schema, { tags: ['a'], data: { b: 1 } });
    const values = admit(schema, { ...before, text: 'new' }, before);
    expect(values['tags']).to.equal(before['tags']);
    expect(values['data']).to.equal(before['data']);
  });

  it('refuses a field that is not known, and says which are', () => {
    const error = refused({ texd: 'typo' });
    expect(error).to.be.instanceOf(InvalidMessageError).and.include({ path: 'texd' });
    expect(error.message).to.contain('Rating has only text, role, name, data, stars, tags, done, about');
    expect(refused({ toString: 'mine' }).path).to.equal('toString');
    expect(refused(JSON.parse('{"__proto__":{}}') as object).path).to.equal('__proto__');
  });

  it('refuses what is of another kind than the default', () => {
    const wrong: MessageValues[] = [
      ...[{ text: 1 }, { role: 1 }, { name: {} }, { data: 'x' }, { data: [] }],
      ...[{ stars: '5' }, { tags: 'a' }, { tags: { a: 1 } }, { done: 1 }],
    ];
    for (const fields of wrong) {
      const error = refused(fields);
      expect(error)
        .to.be.instanceOf(InvalidMessageError)
        .and.include({ path: Object.keys(fields)[0] });
      expect(error.message).to.match(
        /: expected (string|an object of fields|object|number|array|boolean); got .* \(\w+\)$/,
      );
    }
  });

  it('takes anything that can be in a message where the default is null', () => {
    for (const about of ['text', 1, false, [1], { a: 1 }]) {
      expect(admit(schema, { about })['about']).to.deep.equal(about);
    }
    expect(refused({ about: { wrong: () => {} } }).path).to.equal('about.wrong');
  });

  it('refuses what is no object of fields', () => {
    for (const fields of ['text', 42, null, ['text'], new Map(), () => {}]) {
      expect(refused(fields as object).message).to.contain('expected an object of fields');
    }
  });
});
