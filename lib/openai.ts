export { IncompleteReplyError } from './llm/incomplete-reply-error.js';
export { createOpenAIAgent } from './llm/openai-agent.js';
export type { OpenAIAgentOptions, OpenAIAgentParameters } from './llm/openai-agent.js';
export type { OpenAIClient } from './llm/openai-client.js';
export type { RawAnswer } from './llm/provider.js';
export { SetUpError } from './llm/set-up-error.js';
