import type { MiniAgentsEvent } from '../../lib/runtime/events.js';
import { MiniAgents } from '../../lib/runtime/mini-agents.js';
import type { MiniAgentsOptions } from '../../lib/runtime/mini-agents.js';
import '../../lib/streams/message-stream.js';

export { rejection, texts, turn } from '../laws/support.js';
export { TestScope } from '../streams/support.js';

/** A MiniAgents, and what happens in it: its events in words, and the errors that nobody consumed. */
export function observed(options: MiniAgentsOptions = {}) {
  const reported: { error: unknown; path: string }[] = [];
  const miniAgents = new MiniAgents({ onUnhandledError: (error, path) => reported.push({ error, path }), ...options });
  const events: MiniAgentsEvent[] = [];
  miniAgents.events$.subscribe((event) => events.push(event));
  const happened = () => events.map(({ type, interaction }) => `${interaction.id} ${interaction.agent} ${type}`);
  return { miniAgents, reported, events, happened };
}
