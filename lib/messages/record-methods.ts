import { Record } from 'immutable';

/** The name of a field. */
export type Field = 'text' | 'role' | 'name' | 'data' | (string & {});

/** What a message has of an Immutable.js Record beside what its class declares itself. Changes give a new message. */
export interface MessageRecord {
  getIn(path: Iterable<unknown>, notSet?: unknown): unknown;
  hasIn(path: Iterable<unknown>): boolean;
  update(field: Field, updater: (value: never) => unknown): this;
  merge(...fields: object[]): this;
  mergeDeep(...fields: object[]): this;
  setIn(path: Iterable<unknown>, value: unknown): this;
  updateIn(path: Iterable<unknown>, updater: (value: never) => unknown): this;
  deleteIn(path: Iterable<unknown>): this;
  /** The field as it is by default. */
  delete(field: Field): this;
  toJS(): object;
}

/** The methods of a Record, over a storage of our own: frozen values, checked whichever way they come in. */
export const RecordMethods = function () {} as unknown as new () => MessageRecord;
RecordMethods.prototype = Object.getPrototypeOf(
  (Record({}) as unknown as { prototype: object }).prototype,
) as MessageRecord;
