// What does a run look like? Some agents search at once; one of them fails, one is too slow and is cancelled, and an editor
// merges the rest. In virtual time, so that the picture is the same every time: `npm run picture` writes it for the README.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Message, miniagent, MiniAgents } from 'miniagents';
import { asyncMarbles, toMarbleDiagram } from 'miniagents/testing';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Speaks word by word, as a model does. */
async function* speak(text: string, wordMs: number): AsyncGenerator<string> {
  for (const word of text.match(/\S+\s*/g) ?? []) {
    await sleep(wordMs);
    yield word;
  }
}

/** An agent that reads what it is asked, thinks for a while, and speaks. */
const speaker = (name: string, thinkMs: number, wordMs: number, text: string) =>
  miniagent(name, async (ctx) => {
    await ctx.messages.resolve();
    await sleep(thinkMs);
    return Message.stream(speak(text, wordMs), { role: 'assistant' });
  });

const planner = speaker('planner', 200, 30, 'Find out who drew marble diagrams first, and why.');
const page = speaker('page', 150, 35, 'They were drawn by hand, to explain operators.');
const library = speaker('library', 400, 45, 'A scheduler runs the diagram in a spec frame by frame.');
const rumours = speaker('rumours', 100, 110, 'Somebody said that he had read somewhere of a way to draw streams.');
const editor = speaker('editor', 250, 25, 'Marble diagrams explained operators first. Today they are specs that run.');
const web = miniagent('web', (ctx) => ctx.inquire(page, ctx.messages));
const archive = miniagent('archive', async (ctx) => {
  await ctx.messages.resolve();
  await sleep(500);
  throw new Error('closed today');
});

const research = miniagent('research', (ctx) => {
  const plan = ctx.inquire(planner, ctx.messages);
  const found = [web, library, archive, rumours].map((agent) => ctx.inquire(agent, plan));
  ctx.waitFor(sleep(1300).then(() => found.at(-1)?.cancel('too slow')));
  return ctx.inquire(
    editor,
    found.map((replies) => replies.errorsAsMessages()),
  );
});

/** The picture, drawn when the run has ended. */
const drawRun = () =>
  asyncMarbles(async () => {
    const miniAgents = new MiniAgents();
    const diagram = toMarbleDiagram(miniAgents, { title: 'Agents that search at once' });
    await miniAgents.run(() => research.inquire('Where do marble diagrams come from?'));
    return diagram;
  });

async function main(): Promise<void> {
  const folder = process.argv[2] ?? join(__dirname, '../docs/images');
  const diagram = await drawRun();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'run.svg'), diagram.toSVG());
  console.log(diagram.toText());
}

void main();
