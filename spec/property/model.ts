import { listens, returned } from './plan.js';
import type { AskPart, Part, Script } from './plan.js';
import { plain } from './reading.js';
import type { Reading } from './reading.js';
import { arrive, cutAt, merge, tolerant } from './said.js';
import type { Item, Log, Said } from './said.js';
import { boomOf, Sent, within } from './sent.js';
import type { Here, Subscribed } from './sent.js';
import type { Inside, World } from './world.js';

/** What a run comes to, were it not cancelled. */
interface Performed {
  readonly log: Log;
  readonly bodyEnd: number;
  readonly error?: string | undefined;
}

/** What each run comes to. */
export class Model extends Sent {
  /** The replies of the agent of a plan that is asked outside of any other. */
  root(plan: AskPart): Log {
    return this.inquire(plan, this.outside(this.world.doings.from ?? 0));
  }

  /** A place outside of any agent; who subscribes to something there leaves in a certain frame. */
  outside(at: number, leaves = Infinity): Here {
    const { outside } = this.world;
    return { at, current: outside, by: { inside: outside, limit: leaves } };
  }

  protected override inquire(part: AskPart, here: Here): Log {
    return this.#run(part, here, part.how === 'ctx' ? (here.ctx ?? here.current) : here.current);
  }

  /** A run that is cancelled when its subscriber leaves before the end, and when it has failed. */
  override cold(part: AskPart, here: Here): Reading {
    const { inside, limit } = here.by;
    const uncut = this.world.another();
    const { cut, ...log } = this.#triedOut((model) => model.#run(part, here, inside), uncut);
    const natural = plain(log, true);
    const left = natural.end > limit || (cut !== undefined && natural.end >= cut.at);
    const failed = !left && natural.error !== undefined;
    const world = this.world.another();
    const stopped = new Model(world).#run(part, here, inside, left ? limit : failed ? natural.end : Infinity, failed);
    // What starts in the very frame of the failure may have come before it, or not at all; what ends in it by itself may be
    // stopped first, if the cause of the failure is something else that ends in it, or is stopped there from outside.
    const { end } = natural;
    if (failed && (world.startsAt(end, part.id) || world.isStop(end))) world.unsureOfEnds = true;
    if (failed && end > here.at && uncut.endingAt(end) > 1) world.unsureOfEnds = true;
    this.world.absorb(world);
    // Whoever has left does not see an end.
    return left ? { arrivals: plain(stopped).arrivals, end: Infinity } : natural;
  }

  /** @param left - when the subscriber of a cold run leaves; @param failed - whether it does so because the run has failed. */
  #run(part: AskPart, here: Here, parent: Inside, left = Infinity, failed = false): Log {
    const { world } = this;
    const { at } = here;
    const inside = { ...insideOf(part, at, parent, world, left), told: failed || parent.told === true };
    const { limit, quiet } = inside;
    if (limit < at) return stillborn(at, quiet, world);
    const asked = this.#asked(part, here, parent, limit);
    const { log, bodyEnd, error } = this.#perform(part, at, inside, asked);
    const naturally = Math.max(bodyEnd, log.end, world.endOf(inside), ...endsOf(log, limit));
    const over = Math.min(naturally, limit);
    this.#letGo(part, here, parent, asked, over);
    if (failed && naturally === limit && error === undefined) world.unsureOfEnds = true;
    // Who hears to the end what is cut there together with it, has come to the end before that, or not.
    if (inside.told && naturally === limit && listens(part.agent)) world.unsureOfEnds = true;
    const cancelled = naturally > limit || (naturally === limit && limit > at && world.isStop(limit));
    world.runs.set(part.id, {
      from: at,
      over,
      how: cancelled ? 'cancelled' : error === undefined ? 'finished' : 'failed',
    });
    world.own(parent, naturally, limit);
    world.fails(error, bodyEnd, limit);
    if (part.errorsAsMessages) world.turn(log, limit);
    const shown = part.errorsAsMessages ? { ...log, arrivals: log.arrivals.map(tolerant) } : log;
    return cancelled ? cutAt(shown, limit, quiet) : shown;
  }

  /** What an agent is asked, were it heard to the end. What happens meanwhile is not written down. */
  #asked(part: AskPart, here: Here, parent: Inside, limit: number): Log {
    const by = { inside: parent, limit };
    return arrive(
      this.#triedOut((model) => model.lane(part.asked, { ...here, by, unsent: false })),
      here.at,
    );
  }

  /** What something would come to. Of what happens beside it nothing is written down but that nobody knows its order. */
  #triedOut<Result>(what: (model: Model) => Result, world = this.world.another()): Result {
    const result = what(new Model(world));
    this.world.unsureOfOrder ||= world.unsureOfOrder;
    return result;
  }

  /** The same again, for good: it is let go when the agent is over. */
  #letGo(part: AskPart, here: Here, parent: Inside, asked: Log, over: number): void {
    const world = this.world.another();
    const model = new Model(world);
    const early = asked.end > over;
    const hear = (by: Model, limit: number): Item[] =>
      by.lane(part.asked, { ...here, by: { inside: parent, limit }, unsent: false });
    hear(model, early ? over : Infinity);
    // What is let go in the frame of its end has come to that before, or not.
    const uncut = this.world.another();
    this.#triedOut((other) => hear(other, Infinity), uncut);
    if (early && over > here.at && uncut.endingAt(over) > 0) world.unsureOfEnds = true;
    const listening = listens(part.agent) && plain(asked).error === undefined;
    if (early && world.runsAt(over)) world.unsureOfEnds = true;
    if (over === asked.end && !listening && (over > here.at || world.runsFrom(over))) world.unsureOfEnds = true;
    this.world.absorb(world);
  }

  #perform({ id, agent }: AskPart, at: number, inside: Inside, asked: Log): Performed {
    return agent.does === 'retell' ? this.#retell(at, inside, asked) : this.#script(id, agent, at, inside, asked);
  }

  #retell(at: number, inside: Inside, asked: Log): Performed {
    const { arrivals, end: last, error } = plain(asked);
    const bodyEnd = Math.max(at, last);
    const items = arrivals.map(({ at: ready, message }) => {
      const anew = retold(message, ready);
      this.world.own(inside, anew.end, inside.limit);
      return { ready, message: within(inside, anew) };
    });
    return { log: withOwnError({ ...arrive(items, at), end: bodyEnd }, error), bodyEnd, error };
  }

  #script(id: number, agent: Script<Part>, at: number, inside: Inside, asked: Log): Performed {
    const { steps, as, ends } = agent;
    const last = as === 'function' || as === 'class' ? returned(steps, ends) : undefined;
    const here: Here = { at, ctx: inside, current: inside, asked, by: { inside, limit: inside.limit } };
    const sent = { main: [] as Item[], others: [] as Log[], frame: at, closed: Infinity };
    for (const step of last ? steps.slice(0, -1) : steps) this.#step(step, here, sent);
    const body = last ? this.#returning(last, here) : ending(id, agent, sent.frame);
    if (as === 'observable') this.world.visit(id, at, Math.min(body.end, inside.limit));
    const main = [...sent.main, ...body.items, { ready: Math.min(sent.closed, body.end) }];
    const log = merge([arrive(main, at), ...sent.others], this.world.order);
    return { log: sent.closed < Infinity ? log : withOwnError(log, body.error), bodyEnd: body.end, error: body.error };
  }

  #step(
    { how, after, part }: Script<Part>['steps'][number],
    here: Here,
    sent: { main: Item[]; others: Log[]; frame: number; closed: number },
  ): void {
    const frame = (sent.frame += after);
    const { limit } = here.by;
    if (frame > limit) return;
    const late = frame > here.at;
    if (frame === limit && late) this.world.unsureOfEnds = true;
    const current = late ? this.world.outside : here.current;
    const items = this.lane(part, { ...here, at: frame, current, unsent: how === 'aside' });
    if (how === 'finishEarly') sent.closed = frame;
    else if (how === 'outOfOrder') sent.others.push(arrive(items, frame));
    else if (how !== 'aside') sent.main.push({ ready: frame }, ...items);
  }

  /** What a function returns: an Observable is what it still does, everything else its last reply. */
  #returning(part: Part, here: Here): Subscribed {
    const goesOn = part.is === 'source' || (part.is === 'ask' && part.how === 'cold');
    return goesOn ? this.subscribed(part, here, true) : { items: this.lane(part, here), end: here.at };
  }
}

function insideOf({ id }: AskPart, at: number, parent: Inside, { doings: { cancel } }: World, left: number): Inside {
  const cancelled = cancel?.id === id && cancel.at >= at ? cancel.at : Infinity;
  const limit = Math.min(parent.limit, left, cancelled);
  return { limit, quiet: limit === parent.limit ? parent.quiet : limit !== cancelled };
}

/** What is asked in a run that was cancelled already is cancelled, too, before it starts. */
function stillborn(at: number, quiet: boolean, world: World): Log {
  world.unsureOfEnds = true;
  return cutAt({ arrivals: [], end: Infinity }, at, quiet);
}

/** When the messages of a run end; one that is cancelled with it would not have. */
function endsOf({ arrivals }: Log, limit: number): number[] {
  return arrivals.map(({ message: { end = 0, cut = false } = {} }) => (cut && end === limit ? Infinity : end));
}

function ending(id: number, { ends, after }: Script<Part>, frame: number): Subscribed {
  const end = ends === 'never' ? Infinity : frame + after;
  return { items: [], end, error: ends === 'fails' ? boomOf(id) : undefined };
}

function retold({ label, tokens, end, error, quiet, cut }: Said, at: number): Said {
  const late = tokens.map(([frame, token]) => [Math.max(at, frame), `${token}^`] as const);
  return { label: `${label}^`, tokens: late, end: Math.max(at, end), error: quiet ? undefined : error, cut };
}

/** An agent's own error comes after all of its replies, the ones out of order, too. */
function withOwnError(log: Log, error: string | undefined): Log {
  if (error === undefined || log.end === Infinity) return log;
  return { ...log, arrivals: [...log.arrivals, { at: log.end, error }] };
}
