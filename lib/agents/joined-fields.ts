import { List } from 'immutable';
import type { Message } from '../messages/message.js';

/** The fields of a message that others were joined to: of the class's own fields, those that later ones have win. */
export function joinedFields(
  type: typeof Message,
  sources: List<Message> = List(),
  fields: { readonly data?: object | undefined },
  originalMessages: boolean,
): object {
  let joined: Record<string, unknown> = {};
  for (const source of sources) joined = { ...joined, ...fieldsOf(type, source) };
  const data: object[] = sources.map((source) => source.data).toArray();
  if (originalMessages) data.push({ originalMessages: sources.toArray() });
  return { ...joined, ...fields, data: Object.assign({}, ...data, fields.data) as object };
}

/** The fields of a message that are set, but for text and data; its own only if it is of the class. */
function fieldsOf(type: typeof Message, source: Message): object {
  const ofTheClass = source.schema.type === type.prototype.schema.type;
  const fields = Object.entries(source.toObject()).filter(([field, value]) => {
    const shared = field === 'role' || field === 'name' || (ofTheClass && source.schema.further.includes(field));
    return shared && value !== undefined;
  });
  return Object.fromEntries(fields);
}
