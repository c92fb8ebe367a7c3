import { expect } from 'chai';
import { miniagent } from 'miniagents';
import { AWAIT, CLEAR } from 'miniagents/agents';
import { isMark, nameOf, readSteps } from '../../lib/agents/steps.js';

describe('steps', () => {
  const agent = miniagent('agent', () => 'a');

  it('AWAIT and CLEAR are symbols of their own, the same in every copy of the library', () => {
    expect(AWAIT).to.equal(Symbol.for('miniagents.AWAIT'));
    expect(CLEAR).to.equal(Symbol.for('miniagents.CLEAR'));
    expect([AWAIT, CLEAR, Symbol('AWAIT'), 'AWAIT', null, agent].map(isMark)).to.deep.equal([
      ...[true, true],
      ...[false, false, false, false],
    ]);
  });

  it('leaves out what is not there, and takes any iterable as it is now', () => {
    const steps = new Set([agent, null, AWAIT, undefined, CLEAR] as const);
    const read = readSteps(steps);
    steps.clear();
    expect(read).to.deep.equal([agent, AWAIT, CLEAR]);
  });

  it('names them', () => {
    expect(nameOf('chain', [agent, AWAIT, CLEAR])).to.equal('chain(agent, AWAIT, CLEAR)');
  });

  it('says what is none', () => {
    for (const wrong of [null, undefined, 42, {}, agent])
      expect(() => readSteps(wrong as never)).to.throw(/an array of agents/);
    expect(() => readSteps([agent, {} as never])).to.throw(/as number 2 of the agents; got \[object Object\]/);
  });
});
