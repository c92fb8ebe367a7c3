import { expect } from 'chai';
import { miniagent, MiniAgents } from 'miniagents';
import type { MessageSequence, MiniAgentsOptions } from 'miniagents';
import { concatMap, defer, EMPTY, from, ignoreElements, timer } from 'rxjs';
import type { Observable } from 'rxjs';

export { marbles } from 'miniagents/testing';

/** What a suite runs in: a MiniAgents of its own for every test, and the errors that nobody consumed in it. */
export interface Inside {
  miniAgents: MiniAgents;
  reported: unknown[];
  /** The errors reported so far, once; those that are never asked for fail the test. */
  takeReported(): unknown[];
  /** Ends the MiniAgents, cancelling what still runs, so that what nobody consumed is reported now. */
  end(): Promise<void>;
}

/** Has every test of a suite run in an active MiniAgents, which must end and leave no error that nobody consumed. */
export function inside(options: MiniAgentsOptions = {}): Inside {
  const here: Partial<Inside> = {
    takeReported: () => (here.reported ?? []).splice(0),
    end: async () => {
      here.miniAgents?.cancel('the test is over');
      await here.miniAgents?.finalize();
    },
  };
  beforeEach(() => {
    const reported: unknown[] = (here.reported = []);
    here.miniAgents = new MiniAgents({ onUnhandledError: (error) => reported.push(error), ...options }).activate();
  });
  afterEach(async () => {
    await here.end?.();
    expect(here.reported).to.deep.equal([]);
  });
  return here as Inside;
}

/** A suite that runs with agents that start soon, and with agents that wait for a reader. */
export function forEachStart(suite: (here: Inside, startSoon: boolean) => void): void {
  for (const startSoon of [true, false]) {
    describe(`with startSoon: ${startSoon}`, () => suite(inside({ startSoon }), startSoon));
  }
}

/** The texts of all messages, when they are whole. */
export const texts = async (sequence: MessageSequence): Promise<string[]> =>
  (await sequence.resolveMessages()).map((message) => message.text).toArray();

/** The error that a promise rejects with. */
export const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => expect.fail(`expected a rejection; got ${String(value)}`),
    (error: unknown) => error,
  );

/** A turn of the event loop. */
export const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Forwards what it is asked. */
export const pass = miniagent('pass', (ctx) => ctx.messages);

/** A script in time: does what is to be done, and waits so many milliseconds (virtual ones in marbles) in between. */
export const script = (...steps: ((() => void) | number)[]): Observable<never> =>
  from(steps).pipe(
    concatMap((step) => (typeof step === 'number' ? timer(step) : defer(() => (step(), EMPTY)))),
    ignoreElements(),
  );
