/** How a source, a stream of tokens or an agent ends. */
export type Ending = 'done' | 'fails' | 'never';

/** Something to be sent, as data. Its number names its texts, its error, its agent and its probe: `t3`, `boom3`, `a3`. */
export type Part = { readonly id: number } & PartWithoutId<Part>;

export type PartWithoutId<Inner> =
  | { readonly is: 'text' | 'message' | 'nothing' | 'error' | 'junk' | 'asked' }
  | { readonly is: 'stream'; readonly tokens: readonly number[]; readonly ends: Ending; readonly after: number }
  | { readonly is: 'list'; readonly as: 'array' | 'List' | 'Set' | 'iterable'; readonly of: readonly Inner[] }
  | { readonly is: 'source'; readonly items: readonly Item<Inner>[]; readonly ends: Ending; readonly after: number }
  | { readonly is: 'sequence'; readonly of: Inner }
  | Ask<Inner>;

/** A part that comes some frames after the one before it. */
export interface Item<Inner> {
  readonly after: number;
  readonly part: Inner;
}

/** An agent is asked, and what it replies is sent. */
export interface Ask<Inner> {
  readonly is: 'ask';
  /** By `agent.inquire`, by `ctx.inquire`, or as `agent(x)`. */
  readonly how: 'inquire' | 'ctx' | 'cold';
  readonly startSoon: boolean;
  readonly errorsAsMessages: boolean;
  /** Whether `errorsAsMessages()` of the replies is what is sent. */
  readonly view: boolean;
  readonly asked: Inner;
  readonly agent: Agent<Inner>;
}

export type Agent<Inner> = Script<Inner> | { readonly does: 'retell' };

/** An agent that does one thing after the other. What is no Observable does all of it at once. */
export interface Script<Inner> {
  readonly does: 'script';
  readonly as: 'function' | 'generator' | 'observable' | 'class';
  readonly steps: readonly Step<Inner>[];
  readonly ends: Ending;
  readonly after: number;
}

export interface Step<Inner> extends Item<Inner> {
  /** `say` is to return or yield it; `aside` is to make it and send it nowhere. */
  readonly how: 'reply' | 'say' | 'outOfOrder' | 'aside' | 'finishEarly';
}

export type AskPart = Extract<Part, { is: 'ask' }>;
export type ListPart = Extract<Part, { is: 'list' }>;
export type SourcePart = Extract<Part, { is: 'source' }>;
export type StreamPart = Extract<Part, { is: 'stream' }>;

/** What a function returns, if its last step is to say something. */
export function returned(steps: readonly Step<Part>[], ends: Ending): Part | undefined {
  const last = steps.at(-1);
  return ends === 'done' && last?.how === 'say' ? last.part : undefined;
}

/** Whether an agent does anything with what it is asked. */
export function listens(agent: Agent<Part>): boolean {
  return agent.does === 'retell' || agent.steps.some(({ part }) => passesOn(part));
}

function passesOn(part: Part): boolean {
  if (part.is === 'list') return part.of.some(passesOn);
  if (part.is === 'sequence') return passesOn(part.of);
  if (part.is === 'source') return part.items.some((item) => passesOn(item.part));
  return part.is === 'ask' ? passesOn(part.asked) : part.is === 'asked';
}

export function isSequence(part: Part): boolean {
  return part.is === 'asked' || part.is === 'sequence' || (part.is === 'ask' && part.how !== 'cold');
}

/** The numbers of all inquiries in a plan that can be cancelled. */
export function inquiriesIn(plan: Part): number[] {
  const found: number[] = [];
  JSON.stringify(plan, (_key, value: unknown) => {
    const part = value as Partial<AskPart> | null;
    if (part?.is === 'ask' && part.how !== 'cold') found.push(part.id as number);
    return value;
  });
  return found;
}
