import type { List } from 'immutable';
import type { Message } from '../messages/message.js';
import { messageContent } from './message-content.js';

/** A turn of a conversation, as Anthropic has it. */
export interface Turn {
  readonly role: string;
  readonly content: string;
}

/** Anthropic's conversations begin with the user. */
const OPENING: Turn = { role: 'user', content: '/start' };

const isSystem = ({ role }: Turn): boolean => role === 'system' || role === 'developer';

/**
 * A conversation as Anthropic's API takes it: the texts of its system messages by themselves; neighbours of one role joined,
 * with a blank line between; the user first. Blank messages, which the API refuses, are left out.
 */
export function anthropicTurns(messages: List<Message>): {
  readonly system: readonly string[];
  readonly turns: readonly Turn[];
} {
  const said = [...messages]
    .map((message) => ({ role: message.role ?? 'user', content: messageContent(message) }))
    .filter(({ content }) => content.trim() !== '');
  const turns = joined(said.filter((turn) => !isSystem(turn)));
  return {
    system: said.filter(isSystem).map(({ content }) => content),
    turns: turns[0]?.role === 'user' ? turns : [OPENING, ...turns],
  };
}

function joined(said: readonly Turn[]): readonly Turn[] {
  const turns: Turn[] = [];
  for (const { role, content } of said) {
    const last = turns.at(-1)?.role === role ? turns.pop() : undefined;
    turns.push({ role, content: last ? `${last.content}\n\n${content}` : content });
  }
  return turns;
}
