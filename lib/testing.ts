export type { Letters } from './testing/diagram.js';
export { EndlessTimeError } from './testing/endless-time-error.js';
export type { Expectation } from './testing/expectation.js';
export type { MarbleHelpers } from './testing/marble-helpers.js';
export { marbles } from './testing/marbles.js';
export type { MarblesOptions } from './testing/marbles.js';
export type { ExpectedMessage } from './testing/message-value.js';
export { MarbleMismatchError } from './testing/mismatch-error.js';
export type { Subscribed, SubscriptionExpectation } from './testing/subscription-expectation.js';
