import { expect } from 'chai';
import { asyncMarbles } from 'miniagents/testing';
import { concatAll, lastValueFrom, map, of, Subject, timer, toArray } from 'rxjs';
import { CancelledError } from '../../lib/errors/cancelled-error.js';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { llmAgent } from '../../lib/llm/llm-agent.js';
import { SetUpError } from '../../lib/llm/set-up-error.js';
import { rejection } from '../laws/support.js';
import { SmallClient, smallProvider, stream } from './small-provider.js';

describe('llmAgent', () => {
  const provider = smallProvider(() => Promise.reject(new Error('not installed')));
  const client = () => new SmallClient(() => stream('one ', 'two', '.'));
  const agentWith = (given: Record<string, unknown>) => llmAgent<SmallClient, Record<string, unknown>>(provider, given);

  it('replies one message, with the model’s tokens', async () => {
    const agent = agentWith({ client: client(), name: 'poet' });
    expect(agent.name).to.equal('poet');
    const [message, ...others] = await agent.inquire('q').resolve();
    expect(others).to.deep.equal([]);
    const { text, role, name, data } = message!;
    expect({ text, role, name, data }).to.deep.equal({
      text: 'one two',
      role: 'assistant',
      name: 'poet',
      data: { model: 'small-1', finishReason: 'full stop' },
    });
    expect(await lastValueFrom(of('q').pipe(agent, concatAll(), toArray()))).to.deep.equal(['one ', 'two']);
  });

  it('replies in the name that it is told, or by default in that of the agent', async () => {
    const agent = agentWith({ client: client() });
    const nameOf = async (asked: typeof agent, params = {}) =>
      (await asked.inquire('q', params).resolve()).first()?.name;
    expect(await nameOf(agent)).to.equal('small');
    expect(await nameOf(agent.fork({}, { name: 'poet' }))).to.equal('poet');
    expect(await nameOf(agent.fork({}, { name: 'poet' }), { name: 'bard' })).to.equal('bard');
  });

  it('asks with what was given and, before that, what is given at the call', async () => {
    const [first, second] = [client(), client()];
    const agent = agentWith({ client: first, model: 'm', a: 1, b: 1 });
    await agent.inquire('q', { b: 2 }).resolve();
    await agent.fork({ b: 3 }).inquire('q', { client: second, model: 'other' }).resolve();
    const asked = { model: 'm', system: undefined, stream: true, request: { a: 1, b: 2 }, messages: ['q'] };
    expect(first.asked.map(({ body }) => body)).to.deep.equal([asked]);
    expect(second.asked.map(({ body }) => body)).to.deep.equal([{ ...asked, model: 'other', request: { a: 1, b: 3 } }]);
  });

  it('asks when the question is whole', async () => {
    await asyncMarbles(({ cold, expectTokens, expectObservable }) => {
      const asked$ = new Subject<{ messages?: unknown }>();
      const own = new SmallClient((body) => (asked$.next(body), stream('one ', 'two', '.')));
      const replies = agentWith({ client: own }).inquire(cold('--a-b|'));
      expectObservable(replies.pipe(map(({ draft }) => draft.role))).toBe('(r|)', { r: 'assistant' });
      expectObservable(asked$.pipe(map(({ messages }) => messages))).toBe('-----q', { q: ['a', 'b'] });
      expectTokens(replies).toBe('-----(ab|)', { a: 'one ', b: 'two' });
    });
  });

  it('refuses wrong options when it is made, and at a call as the agent’s failure', async () => {
    expect(() => agentWith({ stream: 'yes' })).to.throw(InvalidArgumentError);
    const replies = agentWith({ client: client() }).inquire('q', { stream: 'yes' });
    expect(await rejection(replies.resolve())).to.be.instanceOf(InvalidArgumentError);
  });

  it('fails as its message without a client to be had', async () => {
    const [message] = await lastValueFrom(agentWith({}).inquire('q').pipe(toArray()));
    expect(await rejection(message!.resolve())).to.be.instanceOf(SetUpError);
  });

  it('aborts its request with the run', async () => {
    await asyncMarbles(({ expectTokens, expectObservable }) => {
      const aborted$ = new Subject<string>();
      const silent = new SmallClient((_, signal) => {
        signal.addEventListener('abort', () => aborted$.next('a'));
        return new Promise(() => {});
      });
      const replies = agentWith({ client: silent }).inquire('q');
      timer(2).subscribe(() => replies.cancel());
      expectObservable(aborted$).toBe('--a');
      expectTokens(replies).toBe('--#', {}, new CancelledError('agent small'));
    });
  });
});
