export { createAnthropicAgent } from './llm/anthropic-agent.js';
export type { AnthropicAgentOptions, AnthropicAgentParameters } from './llm/anthropic-agent.js';
export type { AnthropicClient } from './llm/anthropic-client.js';
export { IncompleteReplyError } from './llm/incomplete-reply-error.js';
export type { RawAnswer } from './llm/raw-answer.js';
export { SetUpError } from './llm/set-up-error.js';
