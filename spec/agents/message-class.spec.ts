import { expect } from 'chai';
import { defineMessage, InvalidArgumentError, Message } from 'miniagents';
import { expectMessageClass } from '../../lib/agents/message-class.js';

describe('expectMessageClass', () => {
  it('takes Message, which is the default, and what is defined', () => {
    const Defined = defineMessage('ExpectedClass', {});
    expect([undefined, Message, Defined].map(expectMessageClass)).to.deep.equal([Message, Message, Defined]);
  });

  it('takes nothing else', () => {
    for (const wrong of [null, 'Message', {}, class {}, new Message()])
      expect(() => expectMessageClass(wrong)).to.throw(InvalidArgumentError, 'as type; got');
  });
});
