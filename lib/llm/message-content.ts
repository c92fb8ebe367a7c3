import type { Message } from '../messages/message.js';

/** What every message has, and its class. */
const COMMON = ['$type', 'text', 'role', 'name', 'data'];

/**
 * What a model is given to read of a message: its text. One that has none is given as its own fields and its data, in JSON; but
 * not the empty reply of a model, whose data is about the reply and no part of it.
 */
export function messageContent(message: Message): string {
  if (message.text !== '' || message.role === 'assistant') return message.text;
  const json = message.toJSON();
  const own = Object.entries(json).filter(([field]) => !COMMON.includes(field));
  const content = { ...Object.fromEntries(own), ...json.data };
  return Object.keys(content).length === 0 ? '' : `\`\`\`json\n${JSON.stringify(content)}\n\`\`\``;
}
