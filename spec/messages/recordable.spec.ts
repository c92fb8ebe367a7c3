import { expect } from 'chai';
import { miniagent } from '../../lib/runtime/miniagent.js';
import { Message } from '../../lib/messages/message.js';
import { recordable, recordableFields } from '../../lib/messages/recordable.js';

describe('recordable', () => {
  it('is what can be in a message, as it is there', () => {
    const message = new Message({ text: 'a' });
    expect(recordable({ a: [1, 'b', null, { c: true }], at: new Date(0) })).to.deep.equal({
      a: [1, 'b', null, { c: true }],
      at: '1970-01-01T00:00:00.000Z',
    });
    expect(recordable(message)).to.equal(message);
  });

  it('of what cannot be there, what it was; the rest as it is', () => {
    class Client {
      toString(): string {
        return 'a client';
      }
    }
    const agent = miniagent('agent', () => {});
    expect(
      recordable({ a: 1, deep: [{ agent, client: new Client() }], not: NaN, big: 1n, sign: Symbol('s') }),
    ).to.deep.equal({
      a: 1,
      deep: [{ agent: 'agent (function)', client: 'a client (Client)' }],
      not: 'NaN (number)',
      big: '1 (bigint)',
      sign: 'Symbol(s) (symbol)',
    });
  });

  it('has an end: what contains itself is described where it does', () => {
    const cycle: Record<string, unknown> = { a: 1 };
    Object.assign(cycle, { self: cycle, list: [cycle, { again: cycle }] });
    const itself = '[object Object] (Object)';
    expect(recordable(cycle)).to.deep.equal({ a: 1, self: itself, list: [itself, { again: itself }] });
  });

  it('has an end, however deep it goes', () => {
    let deep: unknown = 'bottom';
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(() => new Message({ data: { deep: recordable(deep) } })).not.to.throw();
  });

  it('what is there twice is there twice', () => {
    const same = { a: () => {} };
    expect(recordable([same, same])).to.deep.equal([{ a: 'a (function)' }, { a: 'a (function)' }]);
  });

  it('never throws, whatever is done to it', () => {
    const boom = () => {
      throw new Error('boom');
    };
    const hostile = { getter: Object.defineProperty({}, 'a', { enumerable: true, get: boom }), ok: 1 };
    expect(recordable(hostile)).to.deep.equal({ getter: '[object Object] (Object)', ok: 1 });
    expect(recordable([new Proxy({}, { getPrototypeOf: boom, ownKeys: boom })])).to.have.lengthOf(1);
  });

  it('has names and texts that a message can have', () => {
    expect(recordableFields({ $type: 1, 'half \ud800': 'half \udfff', none: undefined })).to.deep.equal({
      '($type)': 1,
      'half \ufffd': 'half \ufffd',
    });
  });
});
