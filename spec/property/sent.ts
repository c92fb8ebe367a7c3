import { isSequence } from './plan.js';
import type { AskPart, Item as Timed, Part, SourcePart, StreamPart } from './plan.js';
import type { Reading } from './reading.js';
import { arrive, asItems, CANCELLED, cutAt, tolerantLog } from './said.js';
import type { Item, Log, Said } from './said.js';
import type { Inside, World } from './world.js';

/** When and where a part is sent. */
export interface Here {
  readonly at: number;
  /** The run in whose script it stands. */
  readonly ctx?: Inside | undefined;
  /** What that run is asked. */
  readonly asked?: Log | undefined;
  /** The current run, as far as that can be known: what is made here is inside of it. */
  readonly current: Inside;
  /** Who subscribes to the sources in what is sent, and until when. */
  readonly by: { readonly inside: Inside; readonly limit: number };
  /** Whether what is made here goes nowhere. */
  readonly unsent?: boolean | undefined;
}

/** Whether the library is that of browsers: there a stream that was made in no run that is known belongs to the one that sends it. */
const BROWSER = process.env['MINIAGENTS_BUNDLE'] !== undefined;

/** What a subscription gives: what comes in it, its end, and the error that it ends with. */
export interface Subscribed {
  readonly items: Item[];
  readonly end: number;
  readonly error?: string | undefined;
}

/** What each part comes to that is sent in a certain frame: pure arithmetic, no RxJS and no library. */
export abstract class Sent {
  constructor(protected readonly world: World) {}

  /** The replies of an agent that is asked. */
  protected abstract inquire(part: AskPart, here: Here): Log;
  /** What `agent(x)` gives its subscriber. */
  abstract cold(part: AskPart, here: Here): Reading;

  protected lane(part: Part, here: Here): Item[] {
    const { at } = here;
    const text = `t${part.id}`;
    if (part.is === 'nothing') return [];
    if (part.is === 'text' || part.is === 'message')
      return [{ ready: at, message: { label: text, tokens: [[at, text]], end: at } }];
    if (part.is === 'error' || part.is === 'junk')
      return [this.#wrong(part.is === 'junk' ? `junk${part.id}` : boomOf(part.id), at)];
    if (part.is === 'asked') return this.#passedOn(here);
    if (part.is === 'stream') return [{ ready: at, message: this.#stream(part, here) }];
    if (part.is === 'list') return part.of.flatMap((each) => this.lane(each, here));
    if (part.is === 'sequence') return this.#sequence(part.of, here);
    if (part.is === 'ask' && part.how !== 'cold') return this.#inquiry(part, here);
    const { items, end, error } = this.subscribed(part, here);
    return [...items, { ready: end, error: end < Infinity ? error : undefined }];
  }

  /** @param isBody - whether each item is a reply of its own, so that the agent fails at one that can be none. */
  protected subscribed(part: AskPart | SourcePart, here: Here, isBody = false): Subscribed {
    if (part.is === 'ask') {
      const { arrivals, end, error } = this.cold(part, here);
      return { items: arrivals.map(({ at, message }) => ({ ready: at, message })), end, error };
    }
    const junk = isBody ? part.items.findIndex((item) => item.part.is === 'junk') : -1;
    const wrong = part.items[junk];
    const { items, last } = this.#emitted(wrong ? part.items.slice(0, junk) : part.items, here);
    const natural = part.ends === 'never' ? Infinity : last + part.after;
    const end = wrong ? last + wrong.after : natural;
    const error = wrong ? `junk${wrong.part.id}` : part.ends === 'fails' ? boomOf(part.id) : undefined;
    const { limit } = here.by;
    this.world.visit(part.id, here.at, Math.min(end, limit));
    this.world.fails(error, end, limit);
    return { items, end: end > limit ? Infinity : end, error };
  }

  #emitted(timed: readonly Timed<Part>[], here: Here): { items: Item[]; last: number } {
    const { inside, limit } = here.by;
    let last = here.at;
    const items = timed.flatMap(({ after, part }): Item[] => {
      last += after;
      if (last > limit) return [];
      if (last === limit && last > here.at) this.world.unsureOfEnds = true;
      const current = last > here.at ? this.world.outside : inside;
      return [{ ready: last }, ...this.lane(part, { ...here, at: last, current })];
    });
    return { items, last };
  }

  #wrong(error: string, at: number): Item {
    this.world.fails(error, at, Infinity);
    return { ready: at, error };
  }

  #passedOn({ ctx, current, asked }: Here): Item[] {
    // In other hands, it ends when the run does whose it is, which may depend on them.
    if (current !== ctx) this.world.unsureOfEnds = true;
    if (!asked || !ctx) return [];
    return asItems(current !== ctx && asked.end > ctx.limit ? cutAt(asked, ctx.limit, false) : asked);
  }

  #stream({ id, tokens, ends, after }: StreamPart, here: Here): Said {
    const { at, by, unsent } = here;
    const current = BROWSER && !unsent && here.current === this.world.outside ? by.inside : here.current;
    let frame = at;
    const timed = tokens.map((frames, index) => [(frame += frames), `s${id}.${index} `] as const);
    const error = ends === 'fails' ? boomOf(id) : undefined;
    const end = ends === 'never' ? Infinity : frame + after;
    this.world.visit(id, at, Math.min(end, current.limit));
    this.world.own(current, end, current.limit);
    this.world.fails(error, end, current.limit);
    return within(current, { label: `s${id}`, tokens: timed, end, error });
  }

  #sequence(part: Part, here: Here): Item[] {
    const { current } = here;
    const by = { inside: current, limit: current.limit };
    // What is a sequence is taken as it is.
    if (isSequence(part)) return this.lane(part, { ...here, by });
    const log = arrive(this.lane(part, { ...here, by }), here.at);
    this.world.own(current, log.end, current.limit);
    return asItems(log.end > current.limit ? cutAt(log, current.limit, current.quiet) : log);
  }

  #inquiry(part: AskPart, here: Here): Item[] {
    const log = this.inquire(part, here);
    if (part.view) this.world.turn(log, Infinity);
    return asItems(part.view ? tolerantLog(log) : log);
  }
}

/** A message that was made inside a run: cancelled with it, if it has not ended. */
export function within({ limit, quiet }: Inside, said: Said): Said {
  if (limit === Infinity || said.end < limit || (said.end === limit && !said.cut)) return said;
  const tokens = said.tokens.filter(([frame]) => frame < limit);
  return { ...said, tokens, end: limit, error: CANCELLED, quiet, cut: true };
}

export const boomOf = (id: number): string => `RangeError: boom${id}`;
