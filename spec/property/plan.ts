/** How a source, a stream of tokens or an agent ends. */
export type Ending = 'done' | 'fails' | 'never';

/** Something to be sent, as data. Its number names its texts, its error, its agent and its probe: `t3`, `boom3`, `a3`. */
export type Part = { readonly id: number } & (Plain | Stream | Row<Part> | Source<Part> | Nested<Part> | Ask<Part>);

export type Plain = { readonly [Is in PlainKind]: { readonly is: Is } }[PlainKind];

type PlainKind = 'text' | 'message' | 'nothing' | 'error' | 'junk' | 'asked';

/** A message out of tokens, each some frames after the one before it. */
export interface Stream {
  readonly is: 'stream';
  readonly tokens: readonly number[];
  readonly ends: Ending;
  readonly after: number;
}

export interface Row<Inner> {
  readonly is: 'list';
  readonly as: 'array' | 'List' | 'Set' | 'iterable';
  readonly of: readonly Inner[];
}

export interface Source<Inner> {
  readonly is: 'source';
  readonly items: readonly Item<Inner>[];
  readonly ends: Ending;
  readonly after: number;
}

/** A sequence out of a part. */
export interface Nested<Inner> {
  readonly is: 'sequence';
  readonly of: Inner;
}

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

/** The same plan where nothing takes time, and each script is a generator: what is said is a reply, whatever it is. */
export function atOnce(plan: AskPart): AskPart {
  const change = (key: string, value: unknown): unknown => {
    if (key === 'after') return 0;
    if (key === 'tokens') return (value as number[]).map(() => 0);
    return key === 'as' && ['function', 'class', 'observable'].includes(value as string) ? 'generator' : value;
  };
  return JSON.parse(JSON.stringify(plan, change)) as AskPart;
}

/** The same plan with nothing made that is not sent: it would never begin where nothing starts soon. */
export function withoutAsides(plan: AskPart): AskPart {
  const sent = (_key: string, value: unknown): unknown =>
    Array.isArray(value) ? value.filter((each: { how?: string }) => each.how !== 'aside') : value;
  return JSON.parse(JSON.stringify(plan, sent)) as AskPart;
}

/** The same plan with every agent in it giving errors as messages. */
export function withErrorsAsMessages(plan: AskPart): AskPart {
  return JSON.parse(JSON.stringify(plan).replaceAll('"errorsAsMessages":false', '"errorsAsMessages":true')) as AskPart;
}
