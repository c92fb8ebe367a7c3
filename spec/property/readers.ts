import { expect } from 'chai';
import type { List } from 'immutable';
import type { Message, MessagePromise, MessageSequence } from 'miniagents';
import { concatAll, concatMap } from 'rxjs';
import type { Observable } from 'rxjs';
import { labelOf } from './grow.js';
import type { Seen } from './reading.js';
import type { Act, Record, Stage } from './stage.js';
import { tidy } from './tidy.js';

/** What a reader of every promise as it comes sees: the promises, and what each says. */
export interface Heard {
  readonly promises: MessagePromise[];
  readonly messages: Record;
  readonly tokens: Map<string, readonly Seen[]>;
}

/** Reads every promise as it comes. */
export function hear(stage: Stage, replies: Observable<MessagePromise>): Heard {
  const promises: MessagePromise[] = [];
  const tokens = new Map<string, readonly Seen[]>();
  const messages = stage.record(replies, (promise) => {
    promises.push(promise);
    tokens.set(
      tidy(labelOf(promise)),
      stage.record(promise, (token) => token),
    );
    return labelOf(promise);
  });
  return { promises, tokens, messages };
}

/** The ways to read a sequence as one stream. */
export const ways = ['messages', 'view', 'tokens$', 'concatAll', 'wholes', 'whole$', 'snapshots$'] as const;
export type Way = (typeof ways)[number];

/** Reads a sequence in one of the ways, and does something after each piece. */
export function read(stage: Stage, replies: MessageSequence, way: Way, act?: Act): Record {
  if (way === 'messages') return stage.record(replies, labelOf, act);
  if (way === 'view') return stage.record(replies.errorsAsMessages(), labelOf, act);
  if (way === 'tokens$') return stage.record(replies.tokens$, (token) => token, act);
  if (way === 'concatAll') return stage.record(replies.pipe(concatAll()), (token) => token, act);
  if (way === 'wholes') return stage.record(replies.pipe(concatMap(({ whole$ }) => whole$)), ({ text }) => text, act);
  if (way === 'whole$') return stage.record(replies.whole$, textsOf, act);
  return stage.record(replies.snapshots$, growingTexts(), act);
}

export const textsOf = (list: List<Message>): string => list.map(({ text }) => text).join('|');

/** The texts of lists that must grow: what did not change in them is the same object, but for the whole in the end. */
function growingTexts(): (list: List<Message>) => string {
  let before: Message[] = [];
  const last = new Map<number, number>();
  return (list) => {
    const now = list.toArray();
    expect(now.length, 'a list does not shrink').to.be.at.least(before.length);
    for (const [index, message] of before.entries()) {
      if (now[index] === message) continue;
      expect(now[index]?.text.startsWith(message.text), 'a text only grows').to.equal(true);
      if (now[index]?.text === message.text) last.set(index, (last.get(index) ?? 0) + 1);
      expect(last.get(index) ?? 0, 'what did not change is the same, but for the whole').to.be.at.most(1);
    }
    before = now;
    return textsOf(list);
  };
}
