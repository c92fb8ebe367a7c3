import { Observable } from 'rxjs';
import type { Subscriber } from 'rxjs';
import { runIn } from '#ambient';
import { ownerNow } from '../../scope/owner.js';
import type { InteractionContext } from '../../runtime/interaction-context.js';
import { bodyOf } from '../../runtime/mini-agent.js';
import type { MiniAgent } from '../../runtime/mini-agent.js';
import { miniagent } from '../../runtime/miniagent.js';
import { takeReturned } from '../../runtime/returned.js';
import type { MessageType } from '../../streams/message-type.js';
import { Heard } from './heard.js';
import { Player } from './player.js';
import { questionOf } from './question.js';
import type { RecordedAnswers } from './recorded-answers.js';
import type { Redaction } from './redaction.js';
import type { ReplayTime } from './replay-time.js';
import { UnrecordedQuestionError } from './unrecorded-question-error.js';

/** What all agents of a replay share. */
export interface Replaying {
  readonly redaction: Redaction;
  readonly time: ReplayTime;
  readonly unrecorded: UnrecordedQuestionError[];
  /** How often agents were asked so far. */
  asked: number;
}

type Params = Readonly<Record<string, unknown>>;

/** Who replays. */
export interface Role {
  readonly name: string;
  /** An agent whose presets and description it has. */
  readonly preset: MiniAgent | undefined;
  /** Answers what was not recorded. */
  readonly live: MiniAgent | undefined;
}

/** An agent that gives the answers that were recorded. */
export function replayingAgent(
  { name, preset, live }: Role,
  answers: RecordedAnswers,
  replaying: Replaying,
): MiniAgent {
  const body = (ctx: InteractionContext, params: Params) =>
    new Observable<MessageType>((replies) => new Answering(answers, replaying, live, ctx, params, replies).go());
  const { description = '' } = preset ?? {};
  return miniagent<Params>(name, body, { description, params: preset?.[bodyOf].preset ?? {} });
}

/** One run: it finds out which recorded one it is, and replays that. */
class Answering {
  readonly #scope = ownerNow();
  readonly #heard: Heard;
  readonly #began: number;
  #player: Player | undefined;
  #over = false;

  constructor(
    private readonly answers: RecordedAnswers,
    private readonly replaying: Replaying,
    private readonly live: MiniAgent | undefined,
    private readonly ctx: InteractionContext,
    private readonly params: Params,
    private readonly replies: Subscriber<MessageType>,
  ) {
    replaying.asked++;
    this.#began = replaying.time.now();
    this.#heard = new Heard(ctx.messages, () => this.go());
    replies.add(() => this.#player ?? this.#heard.close());
  }

  /** Goes on, with what has been heard by now. */
  go(): void {
    if (this.#over) return;
    const heard = this.#heard;
    heard.read();
    const question = questionOf(this.params, heard, this.replaying.redaction);
    try {
      if (this.#player) this.answers.check(question, this.#player.run);
      else if (heard.complete || !this.live) this.#begin(this.answers.take(question));
    } catch (error) {
      return this.#fail(error);
    }
    this.#player?.advance();
  }

  #begin(run: Parameters<RecordedAnswers['check']>[1] | undefined): void {
    if (!run) return;
    const finishEarly = () => this.ctx.finishEarly();
    const { time } = this.replaying;
    this.#player = new Player(run, {
      scope: this.#scope,
      replies: this.replies,
      heard: this.#heard,
      time,
      began: this.#began,
      finishEarly,
    });
  }

  #fail(error: unknown): void {
    this.#over = true;
    // A question that an unanswered one is part of was not asked by itself.
    const earlier = this.#heard.errors.find((each) => each instanceof UnrecordedQuestionError);
    if (earlier) error = earlier;
    else if (error instanceof UnrecordedQuestionError) {
      if (this.live && !this.#player) return this.#askLive(this.live);
      this.replaying.unrecorded.push(error);
    }
    if (this.#player) this.#player.fail(error);
    else this.replies.error(error);
  }

  /** The agent runs as if it had been asked in the first place. */
  #askLive(live: MiniAgent): void {
    const { replies } = this;
    this.#heard.close();
    const sink = {
      next: (messages: unknown) => replies.next(messages as MessageType),
      error: (error: unknown) => replies.error(error),
      complete: () => replies.complete(),
      get closed() {
        return replies.closed;
      },
      enter: (work: () => void) => runIn(this.#scope, work, undefined),
      started: (stop: () => void) => replies.add(stop),
    };
    try {
      sink.enter(() => takeReturned(live[bodyOf].perform(this.ctx, this.params), sink));
    } catch (error) {
      replies.error(error);
    }
  }
}
