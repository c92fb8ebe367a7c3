import { expect } from 'chai';
import * as fc from 'fast-check';
import { Message } from 'miniagents';
import type { MiniAgent } from 'miniagents';
import { marbles, record, Recording, replay } from 'miniagents/testing';
import { asyncScheduler } from 'rxjs';
import { cases, TIMEOUT } from './cases.js';
import type { AskPart } from './plan.js';
import { plans } from './plans.js';
import { hear } from './readers.js';
import type { Seen } from './reading.js';
import { Stage } from './stage.js';
import type { Clock } from './virtual-time.js';

/** What a reader of the replies sees, each piece with its frame, what is recorded, and what nobody consumed. */
interface Played {
  readonly messages: readonly Seen[];
  readonly tokens: readonly (readonly Seen[])[];
  readonly text: string;
  readonly reported: readonly string[];
}

/** Plays something in the virtual time of `marbles`, which forgives who calls off what is due. */
async function play<Result>(act: (stage: Stage) => Result): Promise<Result & { stage: Stage }> {
  const clock: Clock = {
    now: () => asyncScheduler.now(),
    later(frames, work) {
      const action = asyncScheduler.schedule(work, frames);
      return () => action.unsubscribe();
    },
  };
  const { stage, result } = marbles(() => {
    const own = new Stage(clock);
    return { stage: own, result: act(own) };
  });
  await stage.end();
  return { ...result, stage };
}

/** Plays a plan in virtual time and records it, with other agents in the place of its own. */
async function recorded(plan: AskPart, standIn: (agent: MiniAgent) => MiniAgent = (agent) => agent): Promise<Played> {
  const { heard, recording, stage } = await play((on) => {
    on.grower.standIn = standIn;
    const live = record(on.miniAgents);
    const { agent, messages } = on.grower.asking(plan);
    const replies = agent.inquire(messages);
    return { heard: hear(on, replies), recording: live };
  });
  const text = String(recording.stop());
  return { messages: [...heard.messages], tokens: [...heard.tokens.values()], text, reported: stage.reported };
}

/** The names of the agents in a plan that ask nobody. */
function leaves(plan: AskPart): string[] {
  const names: string[] = [];
  JSON.stringify(plan, (_key, value: unknown) => {
    const part = value as Partial<AskPart> | null;
    if (part?.is === 'ask' && !JSON.stringify(part.agent).includes('"ask"')) names.push(`a${part.id}`);
    return value;
  });
  return names;
}

/** What came of each reply of an agent: its key, or its error. */
function ends(text: string, name: string): unknown[] {
  const { events } = Recording.parse(text);
  const run = events.flatMap((event) => (event.type === 'inquired' && event.agent === name ? [event.run] : []))[0];
  return events.flatMap((event): unknown[] => {
    if (event.type !== 'replied' || event.run !== run) return [];
    if ('error' in event) return [event.error];
    const end = events.find(
      (each) => 'message' in each && each.message === event.message && !('run' in each) && each.type !== 'token',
    );
    return [
      end && 'value' in end ? Message.fromJSON(end.value).hashKey : end && 'error' in end ? end.error : undefined,
    ];
  });
}

/** The same plan where what is sent is sent in order: of two things in one frame, whichever it is comes first. */
const inOrder = (plan: AskPart): AskPart =>
  JSON.parse(JSON.stringify(plan).replaceAll('"outOfOrder"', '"reply"')) as AskPart;

describe('property: a recorded run is replayed as it was', function () {
  this.timeout(TIMEOUT);

  it('to be recorded changes nothing that anybody sees', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async (plan) => {
        const seen = await play((stage) => {
          const { agent, messages } = stage.grower.asking(plan);
          return { heard: hear(stage, agent.inquire(messages)) };
        });
        const { messages, tokens, reported } = await recorded(plan);
        expect(messages).to.deep.equal([...seen.heard.messages]);
        expect(tokens).to.deep.equal([...seen.heard.tokens.values()].map((each) => [...each]));
        expect(reported).to.deep.equal(seen.stage.reported);
      }),
      cases(100),
    );
  });

  it('its text is read as what was written', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async (plan) => {
        const { text } = await recorded(plan);
        expect(String(Recording.parse(text))).to.equal(text);
      }),
      cases(100),
    );
  });

  it('with the agents that ask nobody replayed, whoever asks the outermost one sees the same', async () => {
    await fc.assert(
      fc.asyncProperty(plans({ never: false }).map(inOrder), async (plan) => {
        const { text, messages, tokens } = await recorded(plan);
        const agents = replay(Recording.parse(text));
        const names = leaves(plan);
        const again = await recorded(plan, (agent) =>
          names.includes(agent.name) && text.includes(`"${agent.name}"`) ? agents[agent.name]! : agent,
        );
        expect(again.messages).to.deep.equal(messages);
        expect(again.tokens).to.deep.equal(tokens);
        expect(ends(again.text, `a${plan.id}`)).to.deep.equal(ends(text, `a${plan.id}`));
      }),
      cases(200),
    );
  });

  it('with the outermost agent replayed, whoever asks it sees the same', async () => {
    await fc.assert(
      fc.asyncProperty(plans({ never: false }), async (plan) => {
        const { text, messages, tokens } = await recorded(plan);
        const agents = replay(Recording.parse(text));
        const again = await recorded(plan, (agent) => (agent.name === `a${plan.id}` ? agents[agent.name]! : agent));
        expect(again.messages).to.deep.equal(messages);
        expect(again.tokens).to.deep.equal(tokens);
        expect(ends(again.text, `a${plan.id}`)).to.deep.equal(ends(text, `a${plan.id}`));
      }),
      cases(200),
    );
  });
});
