import { MessageSequence } from 'miniagents';
import type { MarbleHelpers } from 'miniagents/testing';
import { defer, map, Subject } from 'rxjs';
import { AWAIT, CLEAR } from '../../lib/agents/steps.js';
import { EndOfWalk, walk } from '../../lib/agents/walk.js';
import type { Ask, Way } from '../../lib/agents/walk.js';
import { inside, marbles } from '../laws/support.js';

describe('walk', () => {
  inside();
  const start = MessageSequence.from('start');

  /** Walks with agents a, b … that reply by diagrams: who is asked with whose messages (`b: a`), and with whose it ends. */
  function walking({ cold }: MarbleHelpers, steps: (string | typeof AWAIT | typeof CLEAR)[], way: Partial<Way> = {}) {
    const asked$ = new Subject<string>();
    const names = new Map<unknown, string>([[start, 'start']]);
    const said = (messages: unknown) => names.get(messages) ?? String(messages);
    const diagrams = steps.filter((step) => typeof step === 'string');
    const ask = (diagram: string): Ask => {
      const name = 'ab'.charAt(diagrams.indexOf(diagram));
      return (messages) => {
        asked$.next(`${name}: ${said(messages)}`);
        const replies = MessageSequence.from(cold(diagram));
        names.set(replies, name);
        return replies;
      };
    };
    const taken = steps.map((step) => (typeof step === 'string' ? ask(step) : step));
    const walked = { steps: taken, messages: start, endless: false, judge: () => undefined, ...way };
    return { asked$, end$: defer(() => walk(walked)).pipe(map(said)) };
  }

  it('asks one after the other at once, and ends with what the last one replies', () => {
    marbles((helpers) => {
      const { asked$, end$ } = walking(helpers, ['-x|', '--y|']);
      helpers.expectObservable(asked$).toBe('(ab)', { a: 'a: start', b: 'b: a' });
      helpers.expectObservable(end$).toBe('(b|)');
    });
  });

  it('waits at AWAIT, and goes on in the frame in which all is whole', () => {
    marbles((helpers) => {
      const { asked$, end$ } = walking(helpers, ['-x-|', AWAIT, CLEAR, '--y|']);
      helpers.expectObservable(asked$).toBe('a--b', { a: 'a: start', b: 'b: undefined' });
      helpers.expectObservable(end$).toBe('---(b|)');
    });
  });

  it('begins anew without end, and forgets the waiting when it is left', () => {
    marbles((helpers) => {
      const { asked$, end$ } = walking(helpers, ['--|', AWAIT], { endless: true });
      helpers.expectObservable(asked$).toBe('a-b-b-b', { a: 'a: start', b: 'a: a' });
      helpers.expectObservable(end$, '^------!').toBe('-');
    });
  });

  it('ends when it is judged so', () => {
    marbles((helpers) => {
      const { asked$, end$ } = walking(helpers, ['-x|', AWAIT, 'y|'], { judge: () => new EndOfWalk('end') });
      helpers.expectObservable(asked$).toBe('a', { a: 'a: start' });
      helpers.expectObservable(end$).toBe('--(e|)', { e: 'end' });
    });
  });

  it('with nothing to wait for, does not wait', () => {
    marbles((helpers) => {
      const { asked$, end$ } = walking(helpers, [AWAIT, '-x|'], { messages: undefined });
      helpers.expectObservable(asked$).toBe('a', { a: 'a: undefined' });
      helpers.expectObservable(end$).toBe('(a|)');
    });
  });
});
