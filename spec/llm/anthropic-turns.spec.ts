import { expect } from 'chai';
import { List } from 'immutable';
import { anthropicTurns } from '../../lib/llm/anthropic-turns.js';
import { Message } from '../../lib/messages/message.js';

describe('anthropicTurns', () => {
  const turnsOf = (...said: (readonly [role: string | undefined, text: string])[]) => {
    const { system, turns } = anthropicTurns(List(said.map(([role, text]) => new Message({ role, text }))));
    return { system, turns: turns.map(({ role, content }) => [role, content]) };
  };

  it('joins neighbours of one role, past what the system says', () => {
    expect(turnsOf(['user', 'a'], ['system', 's'], [undefined, 'b'], ['assistant', 'c'], ['user', 'd'])).to.deep.equal({
      system: ['s'],
      turns: [
        ['user', 'a\n\nb'],
        ['assistant', 'c'],
        ['user', 'd'],
      ],
    });
  });

  it('has the user begin', () => {
    expect(turnsOf().turns).to.deep.equal([['user', '/start']]);
    expect(turnsOf(['system', 's'])).to.deep.equal({ system: ['s'], turns: [['user', '/start']] });
    expect(turnsOf(['assistant', 'a']).turns[0]).to.deep.equal(['user', '/start']);
    expect(turnsOf(['user', 'a']).turns).to.deep.equal([['user', 'a']]);
  });

  it('leaves out what is blank', () => {
    expect(turnsOf(['user', 'a'], ['assistant', ' \n'], ['user', 'b'], ['system', '']).turns).to.deep.equal([
      ['user', 'a\n\nb'],
    ]);
  });

  it('hands on roles that it does not know', () => {
    expect(turnsOf(['user', 'a'], ['tool', 'b']).turns).to.deep.equal([
      ['user', 'a'],
      ['tool', 'b'],
    ]);
  });
});
