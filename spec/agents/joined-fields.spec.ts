import { expect } from 'chai';
import { List } from 'immutable';
import { defineMessage, Message } from 'miniagents';
import { joinedFields } from '../../lib/agents/joined-fields.js';

describe('joinedFields', () => {
  const Rated = defineMessage('JoinedFieldsRated', { stars: 0 });
  const first = new Rated({ role: 'user', name: 'ann', data: { a: 1, b: 1 }, stars: 1 });
  const second = new Rated({ role: 'assistant', data: { b: 2, c: 2 }, stars: 2 });

  it('later ones win, where they have something', () => {
    expect(joinedFields(Message, List([first, second]), {}, false)).to.deep.equal({
      role: 'assistant',
      name: 'ann',
      data: { a: 1, b: 2, c: 2 },
    });
  });

  it('what is given wins over all', () => {
    const given = { role: 'system', data: { b: 3 } };
    expect(joinedFields(Message, List([first, second]), given, false)).to.deep.include({
      role: 'system',
      data: { a: 1, b: 3, c: 2 },
    });
  });

  it('further fields go to their own class only', () => {
    expect(joinedFields(Rated as never, List([first, second, new Message()]), {}, false)).to.include({ stars: 2 });
    expect(joinedFields(Message, List([first]), {}, false)).to.not.have.property('stars');
  });

  it('lists the originals', () => {
    const { data } = joinedFields(Message, List([first, second]), {}, true) as {
      data: { originalMessages: Message[] };
    };
    expect(data.originalMessages).to.have.ordered.members([first, second]);
    expect(joinedFields(Message, undefined, {}, false)).to.deep.equal({ data: {} });
  });
});
