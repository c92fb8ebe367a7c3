export { memoryStore } from './store/memory-store.js';
export type { AppendOptions, MessageStore, ReplayOptions } from './store/message-store.js';
export { NotPersistedError } from './store/not-persisted-error.js';
export { persistTo } from './store/persist-to.js';
export type { PersistToOptions } from './store/persist-to.js';
export { StoreError } from './store/store-error.js';
export type { StoreProblem } from './store/store-error.js';
