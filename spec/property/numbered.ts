import type { Agent, Ask, AskPart, Item, Nested, Part, Plain, Row, Script, Source, Step, Stream } from './plan.js';

/** A part as it is made up, before it is numbered. */
export type Raw = Plain | Stream | Row<Raw> | Source<Raw> | Nested<Raw> | Ask<Raw>;

type RawAsk = Ask<Raw>;

/** How the parts of a plan are numbered and timed. */
export interface Numbers {
  /** The number of the root. */
  readonly from?: number;
  /** Whether no two things happen in one frame, but for those that cause each other: each delay gets a fraction of its own. */
  readonly apart?: boolean;
}

/** Gives each part its number, and takes out what makes no sense: what an agent sends after its end, `ctx` outside an agent. */
export function numbered(root: RawAsk, numbers: Numbers = {}): AskPart {
  return new Numbering(numbers).ask(root, undefined);
}

/** The agent in whose script a part stands, and whether that has passed on what it was asked: once is what a script may. */
interface Around {
  forwarded: boolean;
}

class Numbering {
  #last: number;
  #fraction = 1;

  constructor(private readonly numbers: Numbers) {
    this.#last = numbers.from ?? 0;
  }

  ask(raw: RawAsk, around: Around | undefined, aside = false): AskPart {
    const id = this.#last++;
    const { how, view, startSoon, asked, agent, ...rest } = raw;
    const cold = how === 'cold' && !aside;
    return {
      ...rest,
      id,
      how: cold ? 'cold' : how === 'ctx' && around ? 'ctx' : 'inquire',
      view: view && !cold && !aside,
      startSoon: startSoon || aside,
      asked: this.#part(asked, around),
      agent: this.#agent(agent),
    };
  }

  #part(raw: Raw, around: Around | undefined, junkMayBe = false): Part {
    if (raw.is === 'ask') return this.ask(raw, around);
    const id = this.#last++;
    if (raw.is === 'stream')
      return { ...raw, id, tokens: raw.tokens.map((after) => this.#frames(after)), after: this.#frames(raw.after) };
    if (raw.is === 'list') return { ...raw, id, of: raw.of.map((part) => this.#part(part, around)) };
    if (raw.is === 'sequence') return { ...raw, id, of: this.#part(raw.of, around) };
    if (raw.is === 'source')
      return { ...raw, id, items: raw.items.map((item) => this.#item(item, around)), after: this.#frames(raw.after) };
    if (raw.is === 'asked') return { id, is: this.#mayForward(around) ? 'asked' : 'text' };
    return { id, is: raw.is === 'junk' && !junkMayBe ? 'nothing' : raw.is };
  }

  /** A number of frames, none of which stays none. The fractions are sums of powers of two, so that nothing is rounded. */
  #frames(after: number): number {
    if (!this.numbers.apart || after === 0) return after;
    this.#fraction = (this.#fraction * 48271) % 65521;
    return after + this.#fraction / 2 ** 20;
  }

  #mayForward(around: Around | undefined): boolean {
    const may = around !== undefined && !around.forwarded;
    if (around) around.forwarded = true;
    return may;
  }

  #item({ after, part }: Item<Raw>, around: Around | undefined): Item<Part> {
    return { after: this.#frames(after), part: this.#part(part, around, true) };
  }

  #agent(agent: Agent<Raw>): Agent<Part> {
    if (agent.does === 'retell') return agent;
    const { as, ends, after } = agent;
    const steps = this.#steps(agent.steps);
    if (as === 'observable') return { ...agent, steps, after: this.#frames(after) };
    const script: Script<Part> = { ...agent, steps: steps.map((step) => ({ ...step, after: 0 })), ends, after };
    return { ...script, after: 0, ends: ends === 'never' ? 'done' : ends };
  }

  #steps(steps: readonly Step<Raw>[]): Step<Part>[] {
    const around: Around = { forwarded: false };
    const end = steps.findIndex(({ how }) => how === 'finishEarly');
    const kept = steps.filter(({ how }, index) => end < 0 || index <= end || how === 'aside');
    return kept.map(({ how, after, part }) => {
      const aside = how === 'aside' && part.is === 'ask';
      return { how, after: this.#frames(after), part: aside ? this.ask(part, around, true) : this.#part(part, around) };
    });
  }
}
