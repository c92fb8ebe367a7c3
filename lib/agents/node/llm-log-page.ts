import { Message } from '../../messages/message.js';
import { recordableFields } from '../../messages/recordable.js';
import { describeError } from '../../errors/describe-error.js';
import { isFailure } from '../../scope/failure.js';
import type { MessagePromise } from '../../streams/message-promise.js';
import { writeEntry } from './history-format.js';
import type { LLMCall } from './llm-calls.js';

/** What is written of a call that is over: a history of what was asked and replied, between what is known of both. */
export function writePage({ path, interaction, model, params, prompt, reply }: LLMCall): string {
  const asked = prompt.map((message) => writeEntry(messageOf(message, 'user')));
  const { data } = messageOf(reply, 'assistant');
  const settled = reply.settled();
  const end = isFailure(settled) ? { ...data, error: describeError(settled.error) } : data;
  return [
    `${path}\n\n${fenced({ agent: interaction.agent, id: interaction.id, ...recordableFields(params), model, client: undefined })}`,
    ...asked,
    writeEntry(messageOf(reply, 'assistant')),
    `\n${'-'.repeat(40)}\n\n${fenced(end)}`,
  ].join('');
}

/** A message as far as it came. */
function messageOf(promise: MessagePromise, byDefault: string): Message {
  const whole = promise.settled();
  if (whole && !isFailure(whole)) return whole.role === undefined ? whole.set('role', byDefault) : whole;
  const { role = byDefault, name, data } = promise.draft;
  return new Message({ role, name, data, text: promise.log.text.replace(/\p{Surrogate}/gu, '\ufffd') });
}

const fenced = (json: object): string => `\`\`\`json\n${JSON.stringify(json, undefined, 2)}\n\`\`\`\n`;
