import { expect } from 'chai';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { expectAgent, inquireIn } from '../../lib/runtime/mini-agent.js';
import { miniagent } from '../../lib/runtime/miniagent.js';

describe('expectAgent', () => {
  it('gives an agent back', () => {
    const agent = miniagent('agent', () => {});
    expect(expectAgent(agent)).to.equal(agent);
  });

  it('knows the agents of another copy of the library', () => {
    expect(inquireIn).to.equal(Symbol.for('miniagents.MiniAgent'));
    const other = Object.assign(() => {}, { [Symbol.for('miniagents.MiniAgent')]: () => {} });
    expect(expectAgent(other as never)).to.equal(other);
  });

  it('refuses all else, such as a function that miniagent was not applied to', () => {
    const others = [() => {}, async function echo() {}, class {}, 'agent', null, undefined, { [inquireIn]: () => {} }];
    for (const other of others) {
      expect(() => expectAgent(other as never), String(other)).to.throw(
        InvalidArgumentError,
        /^expected an agent, made by miniagent\(…\); got /,
      );
    }
  });
});
