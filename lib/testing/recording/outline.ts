import type { RecordedEvent } from './recorded-event.js';
import { readMessages } from './recorded-messages.js';
import type { RecordedMessage } from './recorded-messages.js';

/**
 * What a recording says when it does not count: when each thing happened, and what happened meanwhile elsewhere. Run by
 * run, a line for each thing: what was asked and replied, in full, with the bounds of the tokens, and the end.
 *
 * @param closed - the names of agents into which nobody looks: what they asked others is left out. One that is replayed asks nobody.
 */
export function outline(events: readonly RecordedEvent[], closed: readonly string[] = []): string[] {
  const messages = readMessages(events);
  const tokens = new Map<string, string[]>();
  const runs = new Map<
    string,
    { readonly call: string; readonly entries: Record<'received' | 'replied', string[]>; end: string }
  >();
  for (const event of events) {
    if (event.type !== 'token') continue;
    const known = tokens.get(event.message);
    if (known) known.push(event.token);
    else tokens.set(event.message, [event.token]);
  }
  const closedRuns = new Set<string>();
  const shown = (id: string) => messageLine(messages.get(id), tokens.get(id));
  for (const event of events) {
    if (event.type === 'inquired') {
      const isInside = closedRuns.has(outer(event.run));
      if (isInside || closed.includes(event.agent)) closedRuns.add(event.run);
      if (isInside) continue;
      const call = `run ${event.run}: agent ${event.agent} ${JSON.stringify(event.params)}`;
      runs.set(event.run, { call, entries: { received: [], replied: [] }, end: 'not over' });
    }
    const run = 'run' in event ? runs.get(event.run) : undefined;
    if (!run) continue;
    if (event.type === 'received' || event.type === 'replied')
      run.entries[event.type].push('error' in event ? JSON.stringify(event.error) : shown(event.message));
    else if (event.type === 'failed') run.end = `failed ${JSON.stringify(event.error)}`;
    else if (event.type === 'finished' || event.type === 'cancelled') run.end = event.type;
  }
  return [...runs]
    .sort(([one], [other]) => compare(one, other))
    .flatMap(([, { call, entries, end }]) => [
      call,
      ...entries.received.map((line) => `  received ${line}`),
      ...entries.replied.map((line) => `  replied ${line}`),
      `  ${end}`,
    ]);
}

function messageLine({ end }: Partial<RecordedMessage> = {}, tokens: readonly string[] | undefined): string {
  const said = tokens ? ` by ${JSON.stringify(tokens)}` : '';
  return `${end === undefined ? '(not whole)' : JSON.stringify('value' in end ? end.value : end.error)}${said}`;
}

/** The run in which one was asked for. */
function outer(run: string): string {
  return run.slice(0, Math.max(run.lastIndexOf('.'), 0));
}

/** The order of runs: by each number of their ids. */
function compare(one: string, other: string): number {
  const [left, right] = [one, other].map((id) => id.split('.').map(Number));
  for (let i = 0; i < Math.max(left?.length ?? 0, right?.length ?? 0); i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
