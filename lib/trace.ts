export { AgentCall } from './trace/agent-call.js';
export { AgentReply } from './trace/agent-reply.js';
export { persistTrace, traceNodes } from './trace/trace-nodes.js';
