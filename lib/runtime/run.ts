import { Context, runIn } from '#ambient';
import { CancelledError } from '../errors/cancelled-error.js';
import { callSoon } from '../scope/call-soon.js';
import { call } from '../scope/call.js';
import { ownerIn } from '../scope/owner.js';
import { Scope } from '../scope/scope.js';
import type { Cancellation } from '../scope/scope.js';
import { Flattening } from '../streams/flattening.js';
import type { FlatteningListener } from '../streams/flattening.js';
import type { Log } from '../streams/log.js';
import { MessageSequence } from '../streams/message-sequence.js';
import type { SequenceOrigin } from '../streams/message-sequence.js';
import type { Entry, Sent } from '../streams/message-type.js';
import { cancelOnAbort, forgetAbort } from './abort.js';
import type { Interaction } from './events.js';
import type { InquiryOptions, Params } from './inquiry-options.js';
import { miniAgentsOf } from './mini-agents.js';
import type { MiniAgents } from './mini-agents.js';
import { interactionAt, pathTo } from './place.js';
import type { Place } from './place.js';
import { RunBody } from './run-body.js';

/** What is run: an agent, with the parameters and options of one call. */
export interface Runnable {
  readonly name: string;
  readonly params: Params;
  readonly options: InquiryOptions;
  body(run: Run): unknown;
}

/**
 * One run of an agent. It owns what is started inside it, and is over when its body is done, its replies have ended and are
 * whole, what it waits for has settled, and everything inside it is over.
 */
export class Run extends Scope implements Place, SequenceOrigin, FlatteningListener {
  readonly replies = new MessageSequence(this);
  miniAgents!: MiniAgents;
  number!: number;
  /** How many inquiries were made inside. */
  inquiries = 0;
  #state: 'asked' | 'begun' | 'started' = 'asked';
  #asked: readonly Sent[];
  readonly #input: Flattening;
  readonly #replies = new Flattening(this, this);
  /** What the agent says. */
  readonly body = new RunBody(this, this.#replies);
  #messages: MessageSequence | undefined;
  #interaction: Interaction | undefined;
  #controller: AbortController | undefined;
  /** Where it was asked, whose further context its body has, too. */
  readonly #context = new Context();
  /** What it is cancelled with: who asked or, where it begins after the end of that, what is around it. */
  #owner: Scope | undefined;

  /** @throws NotAMessageError if the messages are no MessageType. */
  constructor(
    readonly agent: Runnable,
    messages: unknown,
    parent: Scope,
  ) {
    super(parent, parent.unhandledErrors);
    this.#input = new Flattening(parent, this);
    this.#asked = this.#input.read(messages);
    this.#liveIn(parent);
  }

  get outer(): Run | undefined {
    return this.parent instanceof Run ? this.parent : undefined;
  }

  get interaction(): Interaction {
    return (this.#interaction ??= interactionAt(this));
  }

  get path(): string {
    return pathTo(this);
  }

  /** What was asked. */
  get messages(): MessageSequence {
    return (this.#messages ??= new MessageSequence({
      log: this.#input.log,
      cancelBecause: (reason) => this.cancelBecause(reason),
    }));
  }

  /** What is replied. */
  get log(): Log<Entry> {
    return this.#replies.log;
  }

  /** Aborted when the run is cancelled. Made when somebody asks for it. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.cancellation) this.#controller.abort(this.cancellation.error);
    return this.#controller.signal;
  }

  /** Subscribes to what was sent, and has the body start soon. */
  begin(): void {
    if (this.#state !== 'asked') return;
    this.#state = 'begun';
    this.#owner = ownerIn(this.parent);
    this.#owner.own(this);
    const { signal } = this.agent.options;
    if (signal?.aborted) this.cancelBecause(signal.reason);
    if (this.cancellation) return;
    if (signal) cancelOnAbort(signal, this);
    const asked = this.#asked;
    this.#asked = [];
    this.#input.send(asked);
    this.#input.close();
    callSoon({ run: () => this.#start() });
  }

  cancelBecause(reason: unknown, quiet = false): void {
    if (this.#state === 'asked') this.#state = 'begun';
    if (!this.over && !this.cancellation)
      this.cancel({ error: new CancelledError(`agent ${this.agent.name}`, reason), quiet });
  }

  onEntry(entry: Entry, flattening: Flattening): void {
    this.miniAgents.events.entry(this, flattening === this.#input ? 'received' : 'replied', entry);
  }

  onEnding(flattening: Flattening): void {
    this.miniAgents.events.ended(this, flattening === this.#input ? 'received' : 'replied');
  }

  /** What was asked for outside any agent, just before a MiniAgents took it over, has that for its own. */
  moveTo(scope: Scope): void {
    if (this.cancellation || this.#state === 'started' || this.parent instanceof Run) return;
    this.#liveIn(scope);
    const owner = this.#owner;
    if (!owner) return;
    this.#owner = scope;
    scope.own(this);
    owner.release(this);
  }

  protected override onCancel({ error, quiet }: Cancellation): void {
    this.miniAgents.events.emit(this, 'cancelled');
    const failure = this.fail(error);
    this.log.end(failure, quiet);
    this.#input.log.end(failure);
    this.#controller?.abort(error);
    // What is inside hears why before its subscriptions end, which would be a quieter end.
    this.cancelOwned({ error, quiet });
    this.came(this.body.failure);
    const letGo = () => {
      this.#replies.cut(failure, quiet);
      this.#input.cut(failure, false);
      this.body.stop();
    };
    call({ run: letGo });
  }

  /** The replies are closed: what is left of them, and what was started inside, may still come. @internal */
  bodyDone(): void {
    this.replies.whenDone(() => (this.came(this.body.failure), this.letGo()));
  }

  protected override onOver(): void {
    const { signal } = this.agent.options;
    if (signal) forgetAbort(signal, this);
    // What it left of its input goes unread: the sources are let go.
    if (!this.#input.log.ended)
      this.#input.cut(this.fail(new CancelledError(`the input of ${this.agent.name}`, 'it is over')), true);
    if (!this.cancellation)
      this.miniAgents.events.emit(this, this.body.failure ? 'failed' : 'finished', this.body.failure);
    this.#owner?.release(this);
  }

  #start(): void {
    if (this.cancellation) return;
    this.#state = 'started';
    this.miniAgents.events.emit(this, 'started');
    this.enter(() => this.body.start(() => this.agent.body(this)));
  }

  /** Does something as a part of this run. @internal */
  enter(work: () => void): void {
    this.#context.run(() => runIn(this, work, undefined), undefined);
  }

  /** Moves in, and tells of what has happened so far: nothing at first, and again where it was told to the one before. */
  #liveIn(scope: Scope): void {
    this.parent = this.#input.scope = scope;
    this.unhandledErrors = scope.unhandledErrors;
    this.miniAgents = scope instanceof Run ? scope.miniAgents : miniAgentsOf(scope);
    this.#interaction = undefined;
    this.number = ++(scope instanceof Run ? scope : this.miniAgents).inquiries;
    const { events, errorsAsMessages } = this.miniAgents;
    this.#replies.errorsAsMessages = this.agent.options.errorsAsMessages ?? errorsAsMessages;
    events.inquired(this);
    const { entries, ended } = this.#input.log;
    for (const entry of entries) this.onEntry(entry, this.#input);
    if (ended) this.onEnding(this.#input);
  }
}
