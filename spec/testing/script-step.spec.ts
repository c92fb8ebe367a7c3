import { expect } from 'chai';
import { List } from 'immutable';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { Message } from '../../lib/messages/message.js';
import { Step } from '../../lib/testing/script-step.js';

describe('a step of a script', () => {
  const question = List([new Message({ text: 'q' })]);

  it('tells what may be sent from a reply with conditions', () => {
    const fields = { text: 'a', data: { reply: 1 } };
    expect(new Step(1, fields).reply(question, {})).to.equal(fields);
    expect(new Step(1, { asked: 'q', reply: fields }).reply(question, {})).to.equal(fields);
    expect(new Step(1, (messages) => `${messages.size}`).reply(question, {})).to.equal('1');
    expect(String(new Step(2, { asked: /q/, tokens: '-a|' }))).to.equal('step 2 expects /q/');
  });

  it('knows whether it is left, and whether it must not be', () => {
    const step = new Step(1, { reply: 'a', times: 2 });
    expect([step.isLeft, step.isMissing, String(step)]).to.deep.equal([
      true,
      true,
      'step 1 expects anything (0 of 2 times)',
    ]);
    step.used = 2;
    expect([step.isLeft, step.isMissing]).to.deep.equal([false, false]);
    const always = new Step(1, { reply: 'a', times: Infinity });
    expect([always.isLeft, always.isMissing, String(always)]).to.deep.equal([true, false, 'step 1 expects anything']);
  });

  it('refuses what is none', () => {
    for (const times of [0, -1, 1.5, NaN, '2'])
      expect(() => new Step(1, { reply: 'a', times: times as never })).to.throw(InvalidArgumentError, 'step 1');
    expect(() => new Step(1, { reply: 'a', tokens: '-a|' } as never)).to.throw(InvalidArgumentError, 'either');
    for (const step of [
      { aksed: 'q', reply: 'a' },
      { reply: 'a', time: 3 },
      { reply: 'a', fields: { role: 'user' } },
    ])
      expect(() => new Step(3, step as never)).to.throw(InvalidArgumentError, 'expected only asked, times, reply');
    for (const step of [{ asked: 'q' }, { times: 2 }])
      expect(() => new Step(3, step as never)).to.throw(InvalidArgumentError, 'reply or tokens in step 3');
  });
});
