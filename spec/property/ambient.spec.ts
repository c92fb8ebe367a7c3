import { expect } from 'chai';
import * as fc from 'fast-check';
import { Message, miniagent } from 'miniagents';
import type { InteractionContext, MessagePromise } from 'miniagents';
import { Observable, of, Subject } from 'rxjs';
import { cases, TIMEOUT } from './cases.js';
import { Stage } from './stage.js';
import { inVirtualTime } from './virtual-time.js';

/** What is done somewhere: an inquiry; or something inside of which more is done. */
type Act =
  | { readonly does: 'inquire' }
  | { readonly does: 'throw' }
  | { readonly does: 'shout' }
  | {
      readonly does: 'agent' | 'coldAgent' | 'observable' | 'ownMessages' | 'shared' | 'whole';
      readonly acts: readonly Act[];
    };

const acts = fc.letrec<{ acts: Act[]; act: Act }>((tie) => ({
  acts: fc.array(tie('act'), { maxLength: 4, depthIdentifier: 'act' }) as fc.Arbitrary<Act[]>,
  act: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'act' },
    fc
      .constantFrom('inquire' as const, 'inquire' as const, 'throw' as const, 'shout' as const)
      .map((does): Act => ({ does })),
    fc.record({
      does: fc.constantFrom(
        'agent' as const,
        'coldAgent' as const,
        'observable' as const,
        'ownMessages' as const,
        'shared' as const,
        'whole' as const,
      ),
      acts: tie('acts'),
    }),
  ) as fc.Arbitrary<Act>,
})).acts;

/** Does what is planned, and writes down for every inquiry in which run it is made. */
class Ambience {
  readonly expected: string[] = [];
  /** Tokens that anybody may send and many read: each must be read in the scope of its reader. */
  readonly shared = new Subject<string>();
  readonly #stream: MessagePromise;
  readonly #failed = new Set<InteractionContext>();
  #names = 0;

  constructor() {
    this.#stream = Message.stream(this.shared);
  }

  /** @param ctx - of the agent in whose run this is; undefined outside of any. */
  perform(planned: readonly Act[], ctx: InteractionContext | undefined): void {
    for (const act of planned) if (!ctx || !this.#failed.has(ctx)) this.#perform(act, ctx);
  }

  #perform(act: Act, ctx: InteractionContext | undefined): void {
    if (act.does === 'inquire') return this.#inquire(ctx);
    if (act.does === 'throw') throw new RangeError('planned');
    if (act.does === 'shout') return this.shared.next('!');
    const inside = (at: InteractionContext | undefined) => this.#quietly(act.acts, at);
    if (act.does === 'agent') return this.#agent(act.acts, ctx, false);
    if (act.does === 'coldAgent') return this.#agent(act.acts, ctx, true);
    // Whoever subscribes is called where it subscribed: at once by what is there, later by a promise.
    if (act.does === 'observable') return void of('now').subscribe(() => inside(ctx));
    if (act.does === 'ownMessages') return void ctx?.messages.subscribe(() => inside(ctx));
    let once = true;
    if (act.does === 'whole') return void this.#stream.whole$.subscribe(() => inside(ctx));
    this.#stream.subscribe(() => {
      if (once) inside(ctx);
      once = false;
    });
  }

  #inquire(ctx: InteractionContext | undefined): void {
    const name = `i${this.#names++}`;
    this.expected.push(`${name} in ${ctx?.id ?? 'nothing'}`);
    miniagent(name, () => {}).inquire();
  }

  #agent(planned: readonly Act[], ctx: InteractionContext | undefined, cold: boolean): void {
    const name = `a${this.#names++}`;
    this.expected.push(`${name} in ${ctx?.id ?? 'nothing'}`);
    const agent = miniagent(name, (own) => {
      try {
        this.perform(planned, own);
      } catch (error) {
        // Where it is over, what it subscribed to belongs to whoever is left around it.
        this.#failed.add(own);
        throw error;
      }
      return new Observable<never>(() => {});
    });
    const replies = cold ? agent('hello') : agent.inquire('hello');
    replies.subscribe({ error: () => {} });
  }

  #quietly(planned: readonly Act[], ctx: InteractionContext | undefined): void {
    try {
      this.perform(planned, ctx);
    } catch (error) {
      expect(error).to.be.instanceOf(RangeError);
    }
  }
}

describe('property: an inquiry belongs to the run in which it is made', function () {
  this.timeout(TIMEOUT);

  it('in an agent itself and in whatever it subscribed to, however they are nested, and whatever throws', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (planned) => {
        const { ambience, stage } = inVirtualTime((clock) => {
          const on = new Stage(clock);
          const all = new Ambience();
          try {
            all.perform(planned, undefined);
          } catch (error) {
            expect(error).to.be.instanceOf(RangeError);
          }
          clock.later(1, () => all.shared.next('last'));
          clock.later(2, () => all.shared.complete());
          return { ambience: all, stage: on };
        });
        const inquired = stage.events.flatMap(({ event: { type, interaction } }) =>
          type === 'inquired' ? [`${interaction.agent} in ${interaction.parent ?? 'nothing'}`] : [],
        );
        expect(inquired.sort()).to.deep.equal(ambience.expected.sort());
        await stage.end();
      }),
      cases(1000),
    );
  });
});
