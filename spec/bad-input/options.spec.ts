import { expect } from 'chai';
import { CancelledError, InvalidArgumentError, miniagent, MiniAgents } from 'miniagents';
import { inside, marbles, pass, rejection, texts, turn } from '../laws/support.js';

/** Names that are options of every inquiry, and what somebody may have meant as a parameter of an agent. */
const collisions: [string, unknown[]][] = [
  ['signal', ['red', 5, true, {}, null, () => {}]],
  ['startSoon', ['soon', 1, 0, {}, null]],
  ['errorsAsMessages', ['yes', 1, {}, [], null]],
];

describe('bad input: parameters and options', () => {
  const here = inside();
  let runs = 0;
  const agent = miniagent('agent', (_ctx, params) => {
    runs++;
    return JSON.stringify(params);
  });
  beforeEach(() => (runs = 0));

  for (const [name, values] of collisions) {
    it(`a parameter named ${name}: an error that says it is an option`, async () => {
      for (const value of values) {
        const params = { [name]: value } as never;
        const error = new RegExp(`${name}.*option of inquire`);
        expect(() => agent.inquire('x', params)).to.throw(InvalidArgumentError, error);
        const outcome = () => agent.fork(params).inquire('x').resolve();
        expect(await rejection(Promise.resolve().then(outcome))).to.be.instanceOf(InvalidArgumentError);
      }
      await turn();
      expect(runs).to.equal(0);
    });
  }

  for (const value of [5, 'text', null, [], () => {}] as never[]) {
    it(`${JSON.stringify(value) ?? 'a function'} where an object is expected: an error that says of what`, () => {
      for (const [act, what] of [
        [() => agent.inquire('x', value), 'parameters'],
        [() => agent.fork(value), 'parameters'],
        [() => agent.fork({}, value), 'what is said of the agent'],
        [() => miniagent('agent', () => 'x', value), 'options'],
        [() => new MiniAgents(value), 'options'],
      ] as const)
        expect(act).to.throw(InvalidArgumentError, `expected an object of ${what}; got `);
    });
  }

  it('a name that is no text, a setting that is no boolean: errors that say so', () => {
    const name = 5 as never;
    expect(() => agent.fork({}, { name })).to.throw(InvalidArgumentError, 'the name of an agent; got 5');
    expect(() => miniagent(() => 'x', { name })).to.throw(InvalidArgumentError, 'the name of an agent; got 5');
    for (const setting of ['startSoon', 'errorsAsMessages'])
      expect(() => new MiniAgents({ [setting]: 'no' })).to.throw(InvalidArgumentError, `a boolean as ${setting}`);
  });

  it('a name or a description that is undefined is the one before', () => {
    const { name, description } = agent.fork({}, { description: 'mine' }).fork({}, { name: undefined } as never);
    expect({ name, description }).to.deep.equal({ name: 'agent', description: 'mine' });
  });

  it('options are no parameters: the agent does not see them', async () => {
    const { signal } = new AbortController();
    const options = { startSoon: true, errorsAsMessages: false, signal, mine: 1 };
    expect(await texts(agent.inquire('x', options))).to.deep.equal(['{"mine":1}']);
    const nothing = { startSoon: undefined, errorsAsMessages: undefined, signal: undefined };
    expect(await texts(agent.inquire('x', nothing))).to.deep.equal(['{}']);
  });

  it('parameters that change the prototype of something do not', async () => {
    const params = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}') as object;
    await texts(agent.inquire('x', params));
    expect(({} as { polluted?: boolean }).polluted).to.be.undefined;
  });

  it('parameters may hold anything, a cycle too', async () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    const seen: unknown[] = [];
    const takes = miniagent('takes', (_ctx, params: { cycle?: unknown }) => void seen.push(params.cycle));
    await takes.inquire(null, { cycle }).resolve();
    expect(seen).to.have.length(1);
    expect(seen[0] === cycle).to.be.true;
  });

  it('a signal of another make is one if it works like one', () => {
    marbles(({ cold, expectTokens, expectSubscriptions }) => {
      const target = new EventTarget();
      const signal = Object.assign(target, { aborted: false, reason: 'enough' }) as unknown as AbortSignal;
      const input = cold('                           a---b|');
      cold('                                         --x').subscribe(() => target.dispatchEvent(new Event('abort')));
      expectTokens(pass.inquire(input, { signal })).toBe('a-#', {}, new CancelledError('the inquiry', 'enough'));
      expectSubscriptions(input.subscriptions).toBe('^-!');
    });
  });

  it('hooks that are no functions are refused by name', () => {
    for (const wrong of [5, 'text', {}, [], true] as never[]) {
      expect(() => new MiniAgents({ onUnhandledError: wrong })).to.throw(InvalidArgumentError, /onUnhandledError/);
      expect(() => new MiniAgents({ onPersistMessages: wrong })).to.throw(InvalidArgumentError, /onPersistMessages/);
    }
    expect(() => here.miniAgents.onPersistMessages(null as never)).to.throw(InvalidArgumentError, /onPersistMessages/);
  });

  it('a second activate() is refused; the first one goes on', async () => {
    expect(() => here.miniAgents.activate()).to.throw(/active/);
    expect(await texts(pass.inquire('x'))).to.deep.equal(['x']);
  });
});
