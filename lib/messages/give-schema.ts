import { messageValues } from './brand.js';
import type { MessageSchema, MessageValues } from './message-fields.js';
import { registerClass } from './message-json.js';

/** Gives a message class its schema, and a getter for each field that is not in the way of a method. @internal */
export function giveSchema(type: Parameters<typeof registerClass>[0], schema: MessageSchema): void {
  Object.defineProperty(type.prototype, 'schema', { value: schema });
  for (const field of Object.keys(schema.defaults)) {
    if (field in type.prototype) continue;
    Object.defineProperty(type.prototype, field, {
      get(this: { readonly [messageValues]: MessageValues }) {
        return this[messageValues][field];
      },
    });
  }
  registerClass(type);
}
