import { concatAll } from 'rxjs';
import type { MiniAgent } from 'miniagents';
import type { Contender, Make, Row } from './harness/row.js';
import { llmAgent } from './fixtures/llm-agents.js';
import { modelServer } from './fixtures/model-server.js';
import { rawFetch } from './fixtures/raw-fetch.js';
import { wires } from './fixtures/wires.js';

const STREAMS = 100;
const model = 'stall 1';

/** Starts a stream, and gives what stops it; resolves when its first token is there. */
type Start = (onToken: () => void) => () => void;

function stopping(at: string, start: Start): Contender {
  const run = async () => {
    const begun = performance.now();
    const stops: (() => void)[] = [];
    const streams = Array.from({ length: STREAMS }, () => new Promise<void>((resolve) => stops.push(start(resolve))));
    await Promise.all(streams);
    const stopped = performance.now();
    for (const stop of stops) stop();
    const sockets = Number(await (await fetch(`${at}/left`)).text());
    const now = performance.now();
    return { sockets, stop: now - stopped, all: now - begun };
  };
  return { units: STREAMS, run };
}

function fetches(at: string): Contender {
  return stopping(at, (onToken) => {
    const controller = new AbortController();
    rawFetch(at, wires.chat, model, onToken, controller.signal).catch((error: unknown) => {
      if (!controller.signal.aborted) throw error;
    });
    return () => controller.abort();
  });
}

/** The LLM agent with so many agents around it, each of which passes on what the next one says. */
async function nested(at: string, levels: number): Promise<MiniAgent> {
  const { miniagent } = await import('miniagents');
  let top = await llmAgent(at, 'chat', model);
  for (let level = 0; level < levels; level++) {
    const inner = top;
    top = miniagent(`level ${level}`, (ctx) => inner.inquire(ctx.messages));
  }
  return top;
}

async function unsubscribes(at: string, levels: number): Promise<Contender> {
  const top = await nested(at, levels);
  return stopping(at, (onToken) => {
    const subscription = top('question').pipe(concatAll()).subscribe(onToken);
    return () => subscription.unsubscribe();
  });
}

async function cancels(at: string, levels: number): Promise<Contender> {
  const top = await nested(at, levels);
  return stopping(at, (onToken) => {
    const replies = top.inquire('question');
    replies.tokens$.subscribe({ next: onToken, error: () => {} });
    return () => replies.cancel();
  });
}

async function aborts(at: string, levels: number): Promise<Contender> {
  const top = await nested(at, levels);
  return stopping(at, (onToken) => {
    const controller = new AbortController();
    const replies = top.inquire('question', { signal: controller.signal });
    replies.tokens$.subscribe({ next: onToken, error: () => {} });
    return () => controller.abort();
  });
}

const ours: Record<string, Make> = {
  'unsubscribe, 0 agents around': (at) => unsubscribes(at, 0),
  'unsubscribe, 10 agents around': (at) => unsubscribes(at, 10),
  'cancel(), 10 agents around': (at) => cancels(at, 10),
  'signal, 10 agents around': (at) => aborts(at, 10),
};

/** 10,000 agents: their own time counts more here than that of the streams. */
const deep: Record<string, Make> = { 'unsubscribe, 100 agents around': (at) => unsubscribes(at, 100) };

const aim = { ours: Object.keys(ours), against: 'raw fetch' };

export const sockets: Row = {
  name: 'W5',
  what: `${STREAMS} HTTP streams, the consumer stops after the first token of each: sockets left`,
  limit: '0',
  contenders: { 'raw fetch': fetches, ...ours, ...deep },
  aims: [
    { what: 'sockets left', metric: 'sockets', ours: [...aim.ours, ...Object.keys(deep)], atMost: 0 },
    { what: 'from the stop to the last socket, × raw fetch', metric: 'stop', ...aim, atMost: 2 },
    { what: 'from the first request on, × raw fetch', metric: 'all', ...aim, atMost: 2 },
  ],
  units: { sockets: '', stop: 'ms', all: 'ms' },
  fixture: modelServer,
};
