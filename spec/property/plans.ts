import * as fc from 'fast-check';
import { numbered } from './numbered.js';
import type { Numbers, Raw } from './numbered.js';
import type { Agent, Ask, AskPart, Ending, Script, Step } from './plan.js';

/** Frames between one thing and the next; often none, so that much happens within one frame and one call. */
export const frames: fc.Arbitrary<number> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }) },
);

/** What may go wrong in a plan, and how it is numbered and timed. */
export interface PlanOptions extends Numbers {
  /** Whether there are errors. */
  readonly errors?: boolean;
  /** Whether something may never end. */
  readonly never?: boolean;
}

/** An agent that is asked something: the root of a random tree of agents, sources, streams and lists. */
export function plans(options: PlanOptions = {}): fc.Arbitrary<AskPart> {
  const { errors = true, never = true } = options;
  const ends = fc.constantFrom<Ending[]>('done', 'done', 'done', errors ? 'fails' : 'done', never ? 'never' : 'done');
  const { ask } = fc.letrec<{ part: Raw; ask: Raw & { is: 'ask' } }>((tie) => ({
    part: fc.oneof(
      { depthSize: 'small', maxDepth: 4, depthIdentifier: 'part' },
      { weight: 3, arbitrary: leaves(errors) },
      { weight: 4, arbitrary: streams(ends) },
      { weight: 2, arbitrary: lists(tie('part')) },
      { weight: 3, arbitrary: sources(tie('part'), ends) },
      { weight: 1, arbitrary: fc.record({ is: fc.constant('sequence' as const), of: tie('part') }) },
      { weight: 5, arbitrary: tie('ask') },
    ),
    ask: asks(tie('part'), tie('ask'), ends),
  }));
  return ask.map((raw) => numbered(raw, options));
}

function leaves(errors: boolean): fc.Arbitrary<Raw> {
  const harmless = ['text', 'text', 'message', 'nothing', 'asked', 'asked', 'asked'] as const;
  return fc.constantFrom(...harmless, ...(errors ? (['error', 'junk'] as const) : [])).map((is) => ({ is }));
}

function streams(ends: fc.Arbitrary<Ending>): fc.Arbitrary<Raw> {
  const tokens = fc.array(frames, { maxLength: 3 });
  return fc.record({ is: fc.constant('stream' as const), tokens, ends, after: frames });
}

function lists(part: fc.Arbitrary<Raw>): fc.Arbitrary<Raw> {
  const as = fc.constantFrom('array' as const, 'List' as const, 'Set' as const, 'iterable' as const);
  return fc.record({ is: fc.constant('list' as const), as, of: fc.array(part, { maxLength: 3 }) });
}

function sources(part: fc.Arbitrary<Raw>, ends: fc.Arbitrary<Ending>): fc.Arbitrary<Raw> {
  const items = fc.array(fc.record({ after: frames, part }), { maxLength: 3 });
  return fc.record({ is: fc.constant('source' as const), items, ends, after: frames });
}

function asks(
  part: fc.Arbitrary<Raw>,
  ask: fc.Arbitrary<Raw>,
  ends: fc.Arbitrary<Ending>,
): fc.Arbitrary<Ask<Raw> & Raw> {
  const rarely = fc.integer({ min: 0, max: 5 }).map((number) => number === 5);
  return fc.record({
    is: fc.constant('ask' as const),
    how: fc.constantFrom('inquire' as const, 'ctx' as const, 'cold' as const),
    startSoon: rarely.map((is) => !is),
    errorsAsMessages: rarely,
    view: rarely,
    asked: part,
    agent: fc.oneof(
      { weight: 4, arbitrary: scripts(part, ask, ends) },
      { weight: 1, arbitrary: fc.constant<Agent<Raw>>({ does: 'retell' }) },
    ),
  });
}

function scripts(
  part: fc.Arbitrary<Raw>,
  ask: fc.Arbitrary<Raw>,
  ends: fc.Arbitrary<Ending>,
): fc.Arbitrary<Script<Raw>> {
  const says = fc.record({
    how: fc.constantFrom('reply' as const, 'say' as const, 'say' as const, 'outOfOrder' as const),
    after: frames,
    part,
  });
  const aside = fc.record({ how: fc.constant('aside' as const), after: frames, part: ask });
  const early = fc.record({
    how: fc.constant('finishEarly' as const),
    after: frames,
    part: fc.constant<Raw>({ is: 'nothing' }),
  });
  const step: fc.Arbitrary<Step<Raw>> = fc.oneof(
    { weight: 8, arbitrary: says },
    { weight: 1, arbitrary: aside },
    { weight: 1, arbitrary: early },
  );
  const as = fc.constantFrom(
    'function' as const,
    'generator' as const,
    'class' as const,
    'observable' as const,
    'observable' as const,
    'observable' as const,
  );
  return fc.record({
    does: fc.constant('script' as const),
    as,
    steps: fc.array(step, { maxLength: 4 }),
    ends,
    after: frames,
  });
}
