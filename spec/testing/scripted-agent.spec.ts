import { expect } from 'chai';
import { is, List } from 'immutable';
import { InvalidArgumentError, Message, miniagent } from 'miniagents';
import type { MiniAgent } from 'miniagents';
import { asyncMarbles, marbles, scriptedAgent, UnexpectedInquiryError, UnusedStepsError } from 'miniagents/testing';
import type { ScriptStep } from 'miniagents/testing';
import { rejection, texts } from '../laws/support.js';

describe('scriptedAgent', () => {
  const ask = (agent: MiniAgent, ...questions: string[]) =>
    questions.reduce<Promise<string[]>>(
      async (before, question) => [...(await before), await agent.inquire(question).text()],
      Promise.resolve([]),
    );

  it('replies in turn, with whatever may be sent, and keeps what it was asked', async () => {
    const model = scriptedAgent(['Hello!', ['one', new Message({ text: 'two' })], { text: 'three', role: 'user' }], {
      name: 'model',
      description: 'in the place of one',
    });
    expect(await ask(model, 'a', 'b', 'c')).to.deep.equal(['Hello!', 'one\n\ntwo', 'three']);
    expect(model.calls.map((messages) => messages.join())).to.deep.equal(['a', 'b', 'c']);
    expect(is(model.calls[1], List([new Message({ text: 'b' })]))).to.equal(true);
    expect([model.name, model.description]).to.deep.equal(['model', 'in the place of one']);
    model.expectDone();
  });

  it('is an agent like any other: an operator, a projector, forked', async () => {
    const model = scriptedAgent([{ asked: ([first], { mark }) => first?.text === 'q' && mark === '!', reply: 'a' }]);
    expect(await texts(model.fork({ mark: '!' }).inquire('q'))).to.deep.equal(['a']);
    model.expectDone();
    marbles(({ tokens, expectMessages }) => {
      const slow = scriptedAgent(['a']);
      expectMessages(slow(tokens('-q--|'))).toBe('----(a|)');
    });
  });

  it('replies by rule, in any order, as often as it should', async () => {
    const model = scriptedAgent(
      [
        { asked: /weather/, reply: 'sunny', times: 2 },
        { asked: 'Why?', reply: 'Because.' },
        { reply: 'What?', times: Infinity },
      ],
      { inAnyOrder: true },
    );
    expect(await ask(model, 'Why?', 'the weather', 'Why?', 'weather', 'weather')).to.deep.equal([
      'Because.',
      'sunny',
      'What?',
      'sunny',
      'What?',
    ]);
    model.expectDone();
  });

  it('makes replies of what is asked, and fails where the script says so', async () => {
    const boom = new RangeError('429');
    const model = scriptedAgent([
      (messages) => `${messages.size} asked`,
      { asked: ['a', 'b'], reply: (messages) => messages },
      boom,
    ]);
    expect(await model.inquire(['x', 'y']).text()).to.equal('2 asked');
    expect(await texts(model.inquire(['a', 'b']))).to.deep.equal(['a', 'b']);
    expect(await rejection(model.inquire().resolve())).to.equal(boom);
  });

  it('sends tokens in virtual time: from a diagram, in a list, cut off, stalled', async () => {
    const script: ScriptStep[] = [
      { tokens: '-H-i|', fields: { role: 'assistant' } },
      { tokens: [3, 'Hel', 2, 'lo', 1] },
      { tokens: '-x-#', values: { x: 'He' }, error: new RangeError('429') },
      { tokens: [1, 'a', new RangeError('cut')] },
      { tokens: '-a-' },
    ];
    marbles(({ expectTokens, expectMessages }) => {
      const model = scriptedAgent(script);
      const first = model.inquire();
      expectTokens(first).toBe('-H-i|');
      expectMessages(first).toBe('(m|)', { m: { role: 'assistant', text: 'Hi' } });
      expectTokens(model.inquire()).toBe('---a-b|', { a: 'Hel', b: 'lo' });
      expectTokens(model.inquire()).toBe('-a-#', { a: 'He' }, new RangeError('429'));
      expectTokens(model.inquire()).toBe('-(a#)', {}, new RangeError('cut'));
      expectTokens(model.inquire()).toBe('-a');
    });
    await asyncMarbles(async ({ expectTokens }) => {
      const model = scriptedAgent(script.slice(0, 2));
      expectTokens(model.inquire()).toBe('-H-i|');
      expectTokens(model.inquire()).toBe('---a-b|', { a: 'Hel', b: 'lo' });
    });
  });

  it('sends tokens in real time, too', async () => {
    const model = scriptedAgent([{ tokens: [1, 'Hel', 1, 'lo'] }]);
    expect(await model.inquire().text()).to.equal('Hello');
  });

  for (const [what, script, inAnyOrder, message] of [
    [
      'a script that runs out',
      ['a'],
      false,
      'agent model was asked "two" (call 2), and its script has run out after 1 step',
    ],
    [
      'another question',
      ['a', { asked: /wea.her/, reply: 'b' }],
      false,
      '"two" (call 2), and step 2 expects /wea.her/',
    ],
    [
      'a question that no rule fits',
      [
        { asked: 'one', reply: 'a' },
        { asked: { text: 'x', role: 'user' }, reply: 'b', times: 2 },
      ],
      true,
      /"two" \(call 2\), and none of what is left fits: step 2 expects .*x.* \(0 of 2 times\)/,
    ],
  ] as const)
    it(`fails at ${what}, naming both, and again where it should be done`, async () => {
      const model = scriptedAgent(script as readonly ScriptStep[], { name: 'model', inAnyOrder });
      await model.inquire('one').resolve();
      const error = await rejection(model.inquire('two').resolve());
      expect(error).to.be.instanceOf(UnexpectedInquiryError).and.include({ agent: 'model', call: 2 });
      expect((error as Error).message).to.match(
        typeof message === 'string' ? new RegExp(message.replace(/[()/.?]/g, '\\$&')) : message,
      );
      const swallowed = () => model.expectDone();
      expect(swallowed).to.throw((error as Error).message);
    });

  it('fails at steps that are not used, naming them and what was asked', async () => {
    const model = scriptedAgent(['a', { asked: 'Why?', reply: 'b' }], { name: 'model' });
    expect(() => model.expectDone()).to.throw(UnusedStepsError, 'It was never asked');
    await model.inquire(['one', 'two']).resolve();
    expect(() => model.expectDone()).to.throw(
      UnusedStepsError,
      'the script of agent model has a step that was not used: step 2 expects "Why?". call 1 was "one", "two"',
    );
    expect(() => model[Symbol.dispose]()).to.throw(UnusedStepsError);
  });

  it('fails the spec in virtual time at its end, without being asked to, whoever swallowed the error', async () => {
    const unused = () => scriptedAgent(['a'], { name: 'model' });
    const swallowed = () =>
      void miniagent('boss', (ctx) => ctx.inquire(scriptedAgent([]), 'x').errorsAsMessages()).inquire();
    expect(() => marbles(unused)).to.throw(UnusedStepsError, 'model');
    expect(() => marbles(swallowed)).to.throw(UnexpectedInquiryError, '"x" (call 1), and its script is empty');
    expect(await rejection(asyncMarbles(unused))).to.be.instanceOf(UnusedStepsError);
    expect(await rejection(asyncMarbles(swallowed))).to.be.instanceOf(UnexpectedInquiryError);
    const both = ({ expectTokens }: Parameters<Parameters<typeof marbles>[0]>[0]) =>
      expectTokens(scriptedAgent(['a', 'b']).inquire()).toBe('-a|');
    expect(() => marbles(both)).to.throw(AggregateError, /not as expected[^]*not used: step 2 expects anything/);
  });

  for (const [what, script] of [
    ['no array', 'Hello!'],
    ['no times', [{ reply: 'a', times: 0 }]],
    ['two replies', [{ reply: 'a', tokens: '-a|' }]],
    ['no question', [{ asked: 7, reply: 'a' }]],
    ['no diagram', [{ tokens: '-(a' }]],
    ['no token', [{ tokens: ['a', -1] }]],
  ] as const)
    it(`refuses a script with ${what}`, () => {
      expect(() => scriptedAgent(script as never)).to.throw(InvalidArgumentError);
    });
});
