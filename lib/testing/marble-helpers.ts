import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { Message } from '../messages/message.js';
import type { MessageFields } from '../messages/message.js';
import type { MiniAgent } from '../runtime/mini-agent.js';
import { miniagent } from '../runtime/miniagent.js';
import type { MiniAgents } from '../runtime/mini-agents.js';
import { Run } from '../runtime/run.js';
import { isMessagePromise } from '../streams/message-promise.js';
import type { MessagePromise } from '../streams/message-promise.js';
import { MessageSequence } from '../streams/message-sequence.js';
import '../streams/message-stream.js';
import type { MessageType } from '../streams/message-type.js';
import { checkColdDiagram, checkDiagram, happeningsOf, standsFor } from './diagram.js';
import type { Happening, Letters } from './diagram.js';
import { Expectation } from './expectation.js';
import type { Checked } from './expectation.js';
import { follow, messageValue } from './message-value.js';
import type { ExpectedMessage } from './message-value.js';
import { observe } from './observe.js';
import { SubscriptionExpectation } from './subscription-expectation.js';
import type { Subscribed } from './subscription-expectation.js';
import { throwAll } from './throw-all.js';
import { WhoIsAsked } from './who-is-asked.js';
import type { MakeSource, Time } from './scheduled-source.js';

/** What the helpers are made of: how sources are made, and how time is let pass. */
export interface Passing<Flushed> {
  readonly cold: MakeSource;
  readonly hot: MakeSource;
  /** Lets all time pass, and then checks. */
  flush(check: () => void): Flushed;
  /** What is to be checked at the end. */
  readonly atTheEnd: readonly Checked[];
}

/** What {@link marbles} hands to its callback: RxJS's own helpers, and those for messages, tokens and agents. */
export class MarbleHelpers<Flushed = void> {
  readonly #expectations: Checked[] = [];

  /** @internal */
  constructor(
    private readonly virtualTime: Time,
    private readonly passing: Passing<Flushed>,
  ) {}

  /** A cold Observable out of a diagram, as in RxJS: it starts anew for each subscriber. */
  readonly cold: MakeSource = (diagram, values, error) => {
    checkColdDiagram(diagram);
    return this.passing.cold(diagram, lettersOf(diagram, values), error);
  };

  /** A hot Observable out of a diagram, as in RxJS: it runs from frame 0 on, or from where `^` is. */
  readonly hot: MakeSource = (diagram, values, error) => this.passing.hot(diagram, lettersOf(diagram, values), error);

  /** How many frames (ms) a diagram such as `---|` takes. */
  readonly time = (diagram: string): number => {
    const end = happeningsOf(diagram, 'error').at(-1);
    if (end?.kind !== 'C') throw new InvalidArgumentError('a diagram that ends, such as "---|"', diagram);
    return end.frame;
  };

  /**
   * A message whose tokens come as in a diagram, from now on: `tokens('a-b|', { role: 'assistant' })`.
   *
   * @param values - what its letters stand for; those that are not named stand for themselves.
   * @param error - what `#` stands for.
   */
  readonly tokens = (
    diagram: string,
    fields: Omit<MessageFields, 'text'> = {},
    values: Letters<string> = {},
    error?: unknown,
  ): MessagePromise => Message.stream(this.cold(diagram, values, error), fields);

  /** An agent that replies as in a diagram, from the moment in which it starts on: `agent('leaf', '--a-b|')`. */
  readonly agent = (name: string, diagram: string, values: Letters<MessageType> = {}, error?: unknown): MiniAgent => {
    const replies$ = this.cold(diagram, values, error);
    return miniagent(name, () => replies$);
  };

  /**
   * What must be seen of the tokens of a sequence or a message.
   *
   * @param subscription - when they are subscribed to and left, such as `^--!`. By default from the start on.
   */
  readonly expectTokens = (
    of: MessageSequence | MessagePromise | Observable<string>,
    subscription?: string,
  ): Expectation<string> => {
    const tokens$ = of instanceof MessageSequence ? of.tokens$ : (of as Observable<string>);
    return this.#expect('the tokens of ', of, tokens$, subscription);
  };

  /**
   * What must be seen of messages: in which frame each arrives, with its tokens still to come, and what it has become when
   * time has passed. Values are compared by Immutable's equality; a text stands for a message that has only that.
   */
  readonly expectMessages = (of: Observable<MessagePromise>, subscription?: string): Expectation<ExpectedMessage> => {
    const { name, observed } = named(of, of);
    const seen = observe(this.virtualTime, observed, subscription, follow);
    const whole = () =>
      seen.map((each) => (each.kind === 'N' ? { ...each, value: (each.value as () => unknown)() } : each));
    return this.#add(new Expectation(() => `the messages of ${name()}`, whole, messageValue));
  };

  /** What must happen in a MiniAgents from now on; each event is a line such as `leaf started`. */
  readonly expectEvents = (miniAgents: MiniAgents): Expectation<string> => {
    const seen: Happening[] = [];
    miniAgents.events$
      .pipe(map(({ type, interaction }) => `${interaction.agent} ${type}`))
      .subscribe((value) => seen.push({ frame: this.virtualTime.frame, kind: 'N', value }));
    return this.#add(
      new Expectation(
        () => 'the events',
        () => seen,
      ),
    );
  };

  /** What must be seen of any Observable, as in RxJS. */
  readonly expectObservable = <Value>(of: Observable<Value>, subscription?: string): Expectation<Value> =>
    this.#expect('', of, of, subscription);

  /** When a cold or hot Observable of these helpers must be subscribed to and let go: its `subscriptions`. */
  readonly expectSubscriptions = (subscriptions: readonly Subscribed[]): SubscriptionExpectation =>
    this.#add(new SubscriptionExpectation(subscriptions));

  /** Lets all time pass now, and checks what is expected so far. It is called at the end in any case. */
  readonly flush = (): Flushed => this.passing.flush(() => this.#check());

  /** Lets all time pass that is left, and checks all that is to be checked. @internal */
  finish(): Flushed {
    return this.passing.flush(() => this.#check(this.passing.atTheEnd));
  }

  #check(others: readonly Checked[] = []): void {
    throwAll([...this.#expectations.splice(0), ...others].flatMap((checked) => checked.check() ?? []));
  }

  #expect<Value>(what: string, of: unknown, values$: Observable<Value>, subscription?: string): Expectation<Value> {
    const { name, observed } = named(of, values$);
    const seen = observe(this.virtualTime, observed, subscription);
    return this.#add(
      new Expectation<Value>(
        () => what + name(),
        () => seen,
      ),
    );
  }

  #add<Expected extends Checked>(expectation: Expected): Expected {
    this.#expectations.push(expectation);
    return expectation;
  }
}

/** What the letters of a diagram stand for: each for itself where it is not named. */
function lettersOf<Value>(diagram: string, values: Letters<Value> = {}): Record<string, Value> {
  checkDiagram(diagram);
  return Object.fromEntries([...diagram].map((letter) => [letter, standsFor(letter, values)]));
}

/** What is looked at, and what it is called when it has been looked at. */
function named<Value>(of: unknown, values$: Observable<Value>): { name: () => string; observed: Observable<Value> } {
  if (of instanceof MessageSequence) {
    const { origin } = of;
    return { name: () => (origin instanceof Run ? `agent ${origin.agent.name}` : 'the sequence'), observed: values$ };
  }
  if (isMessagePromise(of)) return { name: () => `message ${of.draft.name ?? ''}`.trimEnd(), observed: values$ };
  const whoIsAsked = new WhoIsAsked(values$);
  return { name: () => String(whoIsAsked), observed: whoIsAsked.observed };
}
