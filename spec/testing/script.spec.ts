import { expect } from 'chai';
import { List } from 'immutable';
import { Message } from '../../lib/messages/message.js';
import { Script } from '../../lib/testing/script.js';

describe('Script', () => {
  const question = (text: string) => List([new Message({ text })]);

  it('gives steps in turn to calls as they begin, whichever question is whole first', () => {
    const script = new Script('model', ['one', 'two'], false);
    const [first, second] = [script.begin(), script.begin()];
    expect(script.reply(second, question('b'), {})).to.equal('two');
    expect(script.reply(first, question('a'), {})).to.equal('one');
    expect(script.check()).to.deep.equal([]);
    expect(script.calls.map((messages) => messages.join())).to.deep.equal(['b', 'a']);
  });

  it('in any order, gives the first step that fits when the question is whole', () => {
    const script = new Script('model', ['one', { asked: 'b', reply: 'two' }, { asked: 'b', reply: 'three' }], true);
    const calls = [script.begin(), script.begin(), script.begin()] as const;
    expect(calls.map((call) => script.reply(call, question('b'), {}))).to.deep.equal(['one', 'two', 'three']);
  });

  it('keeps what went wrong', () => {
    const script = new Script('model', [{ asked: 'a', reply: 'one' }, 'two'], false);
    const call = script.begin();
    expect(() => script.reply(call, question('b'), {})).to.throw('was asked "b" (call 1), and step 1 expects "a"');
    expect(script.check().map(({ name }) => name)).to.deep.equal(['UnexpectedInquiryError', 'UnusedStepsError']);
  });
});
