import { createHash } from 'node:crypto';
import type { Batch } from './engine.js';

/** The version of the format that this library writes, and the latest that it reads. */
export const VERSION = 1;

const BEFORE_KEY = '{"hashKey":"';
const BEFORE_BODY = '","message":';
const KEY_LENGTH = 64;
/** Where the body begins in a message's line; it ends two bytes before the end of the line. */
export const BODY_AT = BEFORE_KEY.length + KEY_LENGTH + BEFORE_BODY.length;

/** What a line is. */
export type Line =
  | { readonly kind: 'message'; readonly hashKey: string }
  | { readonly kind: 'conversation'; readonly conversation: string; readonly hashKeys: readonly string[] }
  | { readonly kind: 'header'; readonly version: unknown }
  | undefined;

/** The first line of a file. */
export const header = `${JSON.stringify({ miniagents: 'messages', version: VERSION })}\n`;

/** A message, as a line. */
export function messageLine(hashKey: string, body: string): Buffer {
  return Buffer.from(`${BEFORE_KEY}${hashKey}${BEFORE_BODY}${body}}\n`);
}

/** The turns of a batch, as lines: one for each conversation. */
export function turnLines(turns: Batch['turns']): Buffer[] {
  const conversations = new Map<string, string[]>();
  for (const { conversation, hashKey } of turns) {
    const hashKeys = conversations.get(conversation) ?? [];
    conversations.set(conversation, hashKeys);
    hashKeys.push(hashKey);
  }
  return [...conversations].map(([conversation, hashKeys]) =>
    Buffer.from(`${JSON.stringify({ conversation, hashKeys })}\n`),
  );
}

/** What a line is, without its end; nothing if it is not as it was written. */
export function readLine(line: Buffer): Line {
  return line.toString('latin1', 0, BEFORE_KEY.length) === BEFORE_KEY ? readMessage(line) : readOther(line);
}

function readMessage(line: Buffer): Line {
  const hashKey = line.toString('latin1', BEFORE_KEY.length, BEFORE_KEY.length + KEY_LENGTH);
  const body = line.subarray(BODY_AT, -1);
  const isWhole = createHash('sha256').update(body).digest('hex') === hashKey;
  return isWhole ? { kind: 'message', hashKey } : undefined;
}

function readOther(line: Buffer): Line {
  const { miniagents, version, conversation, hashKeys } = parse(line) as Record<string, unknown>;
  if (miniagents === 'messages') return { kind: 'header', version };
  const isConversation = typeof conversation === 'string' && Array.isArray(hashKeys);
  return isConversation ? { kind: 'conversation', conversation, hashKeys: hashKeys as string[] } : undefined;
}

function parse(line: Buffer): object {
  try {
    return Object(JSON.parse(line.toString())) as object;
  } catch {
    return {};
  }
}
