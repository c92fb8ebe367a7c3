import { concatMap, defer, EMPTY, expand } from 'rxjs';
import type { Observable } from 'rxjs';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { MiniAgentsError } from '../errors/mini-agents-error.js';
import type { Message } from '../messages/message.js';
import { subMessages } from '../messages/sub-messages.js';
import { Appender } from './appender.js';
import type { Batch, Engine, Row, Source } from './engine.js';
import { expectConversation, expectKey, expectMessages } from './expect.js';
import type { AppendOptions, MessageStore, ReplayOptions } from './message-store.js';
import { readMessages } from './read-messages.js';
import { reasonOf } from './reason.js';
import { StoreError } from './store-error.js';
import { rowOf } from './stored-form.js';

/** How many messages of a conversation are read at once. */
const PAGE = 100;

interface Page {
  readonly messages: Iterable<Message>;
  /** The key of its last message, if more may follow. */
  readonly last: string | undefined;
}

/** A store on an engine: all that stores have in common. */
export class EngineStore implements MessageStore {
  readonly #appender = new Appender((batch) => this.#write(batch));
  /** Messages that are durable here; those inside them are, too. */
  #durable = new WeakSet<Message>();
  #engine: Promise<Engine> | undefined;
  #closed: Promise<void> | undefined;

  constructor(private readonly source: Source) {}

  async append(messages: Iterable<Message>, options: AppendOptions = {}): Promise<void> {
    const list = expectMessages(messages);
    const { conversation } = options;
    if (conversation !== undefined) expectConversation(conversation);
    this.#expectOpen();
    const durable = this.#durable;
    await this.#appender.append(this.#batchOf(list, conversation)).catch((error: unknown) => {
      // What was durable may be gone, too: it is written again when this is tried again.
      this.#durable = new WeakSet();
      throw error;
    });
    // The engine was taken away meanwhile, with what was durable in it.
    if (durable !== this.#durable) return this.append(list, options);
    for (const message of list) durable.add(message);
  }

  async get(hashKey: string): Promise<Message | undefined> {
    expectKey('', hashKey);
    const found = await this.#read([hashKey]);
    return found.has(hashKey) ? found.message(hashKey) : undefined;
  }

  replay(conversation: string, { after }: ReplayOptions = {}): Observable<Message> {
    expectConversation(conversation);
    if (after !== undefined) expectKey(' as after', after);
    return defer(() => this.#use('read', (engine) => engine.last(conversation))).pipe(
      concatMap((end) =>
        defer(() => this.#page(conversation, after, end)).pipe(
          expand(({ last }) => (last === undefined ? EMPTY : this.#page(conversation, last, end))),
        ),
      ),
      concatMap(({ messages }) => messages),
    );
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  #batchOf(messages: readonly Message[], conversation: string | undefined): Batch {
    const rows = new Map<string, Row>();
    const isKnown = (message: Message) => this.#durable.has(message) || rows.has(message.hashKey);
    const add = (message: Message) => isKnown(message) || rows.set(message.hashKey, rowOf(message));
    for (const message of messages) {
      if (isKnown(message)) continue;
      for (const inner of subMessages(message, isKnown)) add(inner);
      add(message);
    }
    const turns =
      conversation === undefined ? [] : messages.map(({ hashKey }) => Object.freeze({ conversation, hashKey }));
    return { rows: [...rows.values()], turns };
  }

  /** @param end - the last message that there was when the replay began. */
  async #page(conversation: string, after: string | undefined, end: string | undefined): Promise<Page> {
    const there = await this.#use('read', (engine) => engine.page(conversation, after, PAGE));
    if (!there)
      throw new InvalidArgumentError(`the hashKey of a message of conversation ${conversation} as after`, after);
    const isThrough = end === undefined || end === after;
    const keys = isThrough ? [] : there.slice(0, there.indexOf(end) + 1 || PAGE);
    const last = keys.at(-1);
    const found = await this.#read(keys);
    return {
      messages: (function* () {
        for (const key of keys) yield found.message(key);
      })(),
      last: last === end || keys.length < PAGE ? undefined : last,
    };
  }

  #write(batch: Batch): Promise<void> {
    const isEmpty = batch.rows.length === 0 && batch.turns.length === 0;
    return this.#use('write', async (engine) => (isEmpty ? undefined : engine.write(batch)));
  }

  #read(hashKeys: readonly string[]) {
    return this.#use('read', (engine) => readMessages(engine, this.source.name, hashKeys));
  }

  /** Has the engine do something. What it fails of is told as the failure of this store. */
  async #use<Result>(what: string, work: (engine: Engine) => Promise<Result>): Promise<Result> {
    this.#expectOpen(what);
    const engine = await this.#opened();
    try {
      return await work(engine);
    } catch (error) {
      throw this.#failure(what, error);
    }
  }

  async #opened(): Promise<Engine> {
    const opening = (this.#engine ??= this.source.open());
    const forget = () => {
      if (this.#engine === opening) this.#engine = undefined;
    };
    try {
      const engine = await opening;
      if (!engine.isGone) return engine;
    } catch (error) {
      forget();
      throw this.#failure('open', error);
    }
    forget();
    this.#durable = new WeakSet();
    return this.#opened();
  }

  #failure(what: string, error: unknown): unknown {
    if (error instanceof MiniAgentsError) return error;
    const { name, problemOf } = this.source;
    return new StoreError(problemOf?.(error) ?? 'unavailable', name, `cannot ${what}: ${reasonOf(error)}`, error);
  }

  #expectOpen(what = 'append'): void {
    if (this.#closed && what !== 'write') throw new StoreError('closed', this.source.name, `closed; cannot ${what}`);
  }

  async #close(): Promise<void> {
    await this.#appender.idle();
    const engine = await this.#engine?.catch(() => undefined);
    await engine?.close();
  }
}
