import { LLMock } from '@copilotkit/aimock';
import { expect } from 'chai';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LifecycleError, Message, miniagent } from 'miniagents';
import type { MiniAgent } from 'miniagents';
import { createOpenAIAgent } from 'miniagents/openai';
import { RecordingError, UnrecordedQuestionError } from 'miniagents/testing';
import { MissingRecordingError, recorded, RecordingMismatchError } from 'miniagents/testing/node';
import { OpenAI } from 'openai';
import { lastValueFrom, of, toArray } from 'rxjs';
import { restoreEnvironment } from '../../llm/restore-environment.js';

const failure = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => expect.fail('it did not fail'),
    (error: unknown) => error as Error,
  );

describe('recorded', () => {
  let folder: string;
  let path: string;
  let asked: string[];

  const model = miniagent('a-model', async (ctx) => {
    const text = await ctx.messages.text();
    asked.push(text);
    return Message.stream(of('You said ', text, '.'), { role: 'assistant' });
  });
  const ask = (...questions: string[]) => recorded(path, { model }, (agents) => answers(agents.model, questions));
  const answers = (agent: MiniAgent, questions: readonly string[]) =>
    Promise.all(questions.map((question) => agent.inquire(question).text()));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'recorded-'));
    path = join(folder, 'deep', 'run.jsonl');
    asked = [];
    delete process.env['CI'];
    delete process.env['MINIAGENTS_RECORD'];
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  after(restoreEnvironment);

  it('records what is not there, and replays it from then on', async () => {
    const first = await ask('one', 'two');
    expect(first).to.deep.equal(['You said one.', 'You said two.']);
    expect(readdirSync(join(folder, 'deep'))).to.deep.equal(['run.jsonl']);
    expect(readFileSync(path, 'utf8')).to.include('"agent":"model"');
    asked = [];
    expect(await ask('one', 'two')).to.deep.equal(first);
    expect(asked).to.deep.equal([]);
  });

  it('replays agents that asked others, which need not be asked again', async () => {
    const lookUp = miniagent('lookUp', (ctx) => [ctx.messages, '7 degrees']);
    const assistant = miniagent('assistant', (ctx) => ['It is', ctx.inquire(lookUp, ctx.messages)]);
    const boss = (agent: MiniAgent) => miniagent('boss', (ctx) => ctx.inquire(agent, ctx.messages));
    for (const live of [{ assistant }, { assistant, lookUp }] as { assistant: MiniAgent }[]) {
      const test = (question: string) =>
        recorded(path, live, ({ assistant }) => boss(assistant).inquire(question).text());
      const first = await test('Weather?');
      const written = readFileSync(path, 'utf8');
      expect(await test('Weather?')).to.equal(first);
      process.env['MINIAGENTS_RECORD'] = 'missing';
      expect(await test('Weather?')).to.equal(first);
      expect(readFileSync(path, 'utf8')).to.equal(written);
      expect(await test('Tomorrow?')).to.equal('It is\n\nTomorrow?\n\n7 degrees');
      delete process.env['MINIAGENTS_RECORD'];
      expect(await test('Tomorrow?')).to.equal('It is\n\nTomorrow?\n\n7 degrees');
      rmSync(path);
    }
  });

  it('shows which question is another one, and how', async () => {
    await ask('Write a digest of 3 pages.');
    const error = (await failure(ask('Write a digest of 4 pages.'))) as UnrecordedQuestionError;
    expect(error).to.be.instanceOf(UnrecordedQuestionError);
    expect(error.agent).to.equal('model');
    expect(error.message).to.include('- Write a digest of 3 pages.\n+ Write a digest of 4 pages.');
    expect(error.message).to.include('(Write a digest of [-3-]{+4+} pages.)').and.include('MINIAGENTS_RECORD=missing');
    expect(asked).to.have.lengthOf(1);
  });

  it('reports nothing beside it, also where a question was made of what another one was answered', async () => {
    const reported: unknown[] = [];
    const onUnhandledError = (error: unknown) => void reported.push(error);
    const ask = (question: string, error?: Error) =>
      recorded(
        path,
        { model },
        async (agents) => {
          miniagent('forgotten', () => error).inquire();
          const answer = agents.model.inquire(question);
          const next = agents.model.inquire(answer.text());
          return [await answer.text(), await next.text()];
        },
        { miniAgents: { onUnhandledError } },
      );
    await ask('one');
    const forgotten = new RangeError('forgotten');
    expect(await failure(ask('two', forgotten))).to.be.instanceOf(UnrecordedQuestionError);
    expect(reported).to.deep.equal([forgotten]);
  });

  it('shows what is not as it was, where every question is', async () => {
    const shout = (mark: string) =>
      recorded(path, { model }, (agents) =>
        miniagent('shout', (ctx) => [ctx.inquire(agents.model, ctx.messages), mark])
          .inquire('one')
          .text(),
      );
    await shout('!');
    const error = (await failure(shout('?'))) as RecordingMismatchError;
    expect(error).to.be.instanceOf(RecordingMismatchError);
    expect(error.path).to.equal(path);
    expect(error.difference).to.include('(  replied {"$type":"Message","text":"[-!-]{+?+}"})');
  });

  it('a question that is no longer asked is a difference', async () => {
    await ask('one', 'two');
    expect(await failure(ask('one'))).to.be.instanceOf(RecordingMismatchError);
  });

  it('MINIAGENTS_RECORD=missing asks for what is missing only, =all for everything', async () => {
    await ask('one', 'two');
    asked = [];
    process.env['MINIAGENTS_RECORD'] = 'missing';
    expect(await ask('one', 'three')).to.deep.equal(['You said one.', 'You said three.']);
    expect(asked).to.deep.equal(['three']);
    process.env['MINIAGENTS_RECORD'] = '';
    asked = [];
    expect(await ask('one', 'three')).to.deep.equal(['You said one.', 'You said three.']);
    expect(asked).to.deep.equal([]);
    process.env['MINIAGENTS_RECORD'] = 'all';
    await ask('one', 'three');
    expect(asked).to.deep.equal(['one', 'three']);
  });

  it('MINIAGENTS_RECORD=missing leaves the file alone where nothing is missing', async () => {
    await ask('one');
    const text = readFileSync(path, 'utf8').replace(/"at":\d+(?=.*\n$)/, '"at":7000');
    writeFileSync(path, text);
    process.env['MINIAGENTS_RECORD'] = 'missing';
    await ask('one');
    expect(readFileSync(path, 'utf8')).to.equal(text);
  });

  describe('keeps the order of what is merged as it comes', () => {
    const merged = async (live: Record<string, MiniAgent>, boss: (agents: typeof live) => MiniAgent): Promise<void> => {
      const test = () => recorded(path, live, (agents) => boss(agents).inquire().text());
      const first = await test();
      for (let time = 0; time < 3; time++) expect(await test()).to.equal(first);
    };

    it('of agents that reply in the same millisecond', async () => {
      const twice = miniagent('twice', async function* (ctx) {
        for (const message of await ctx.messages.resolveMessages()) {
          await null;
          yield `about ${String(message)}`;
          yield 'more';
        }
      });
      await merged({ twice }, ({ twice: asked }) =>
        miniagent('boss', (ctx) => {
          for (const question of ['A', 'B']) ctx.replyOutOfOrder(ctx.inquire(asked!, question));
        }),
      );
    });

    it('where something that is not replayed takes time between two questions', async () => {
      const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      const slow = miniagent('slow', () => sleep(200).then(() => 'slow'));
      const fast = miniagent('fast', () => sleep(20).then(() => 'fast'));
      await merged({ slow, fast }, (asked) =>
        miniagent('boss', async (ctx) => {
          ctx.replyOutOfOrder(ctx.inquire(asked['slow']!, 'q'));
          await sleep(30);
          ctx.replyOutOfOrder(ctx.inquire(asked['fast']!, 'q'));
        }),
      );
    });
  });

  it('in CI, a missing file is an error that names the command', async () => {
    process.env['CI'] = 'true';
    const error = await failure(ask('one'));
    expect(error).to.be.instanceOf(MissingRecordingError);
    expect(error.message).to.include(path).and.include('MINIAGENTS_RECORD=missing npm test');
    expect(asked).to.deep.equal([]);
  });

  it('two runs at once for one file that is not there: an error, and the first one is kept', async () => {
    const both = await Promise.allSettled([ask('one'), ask('one')]);
    const [error, ...others] = both.flatMap((each) => (each.status === 'rejected' ? [each.reason as Error] : []));
    expect(others).to.deep.equal([]);
    expect(error).to.be.instanceOf(LifecycleError);
    expect(error?.message).to.include(`another run is being recorded for ${path}`);
    expect(await Promise.all([ask('one'), ask('one')])).to.have.lengthOf(2);
  });

  it('records nothing of a run that fails', async () => {
    const error = await failure(recorded(path, { model }, () => Promise.reject(new RangeError('boom'))));
    expect(String(error)).to.equal('RangeError: boom');
    expect(existsSync(path)).to.equal(false);
  });

  it('names the file and the line that is no recording', async () => {
    await ask('one');
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, -20));
    const error = await failure(ask('one'));
    expect(error).to.be.instanceOf(RecordingError);
    expect(error.message).to.include(path).and.include('cut off');
  });

  it('refuses other modes, agents that are none, and what is no function', async () => {
    expect((await failure(recorded('', { model }, () => 1))).message).to.include('path of a recording');
    expect((await failure(recorded(path, { model: 1 as never }, () => 1))).message).to.include('an agent');
    expect((await failure(recorded(path, null as never, () => 1))).message).to.include('agents that are recorded');
    expect((await failure(recorded(path, { model }, 1 as never))).message).to.include('a function');
    process.env['MINIAGENTS_RECORD'] = 'some';
    expect((await failure(ask('one'))).message).to.include('MINIAGENTS_RECORD');
  });

  it('a model over HTTP by the official SDK, and then without its server', async () => {
    const mock = new LLMock({ port: 0 });
    mock.onMessage('hello', { content: 'Hi there, friend! My key is sk-1234567890.' }, { chunkSize: 5 });
    await mock.start();
    const client = new OpenAI({ apiKey: 'sk-a-real-secret-key', baseURL: `${mock.url}/v1`, maxRetries: 0 });
    const talk = () =>
      recorded(path, { model: createOpenAIAgent({ client, model: 'model-1' }) }, async (agents) => {
        const messages = await lastValueFrom(agents.model.inquire('hello', { temperature: 0 }).pipe(toArray()));
        const message = messages[0]!;
        const tokens = await lastValueFrom(message.pipe(toArray()));
        return { tokens, whole: await message.resolve(), draft: message.draft };
      });
    const live = await talk();
    await mock.stop();
    const again = await talk();
    expect(live.tokens).to.have.lengthOf(9);
    // What was said is as it was but for the secret; the tokens' bounds are where they were.
    expect(again.tokens.slice(0, 5)).to.deep.equal(live.tokens.slice(0, 5));
    expect(again.tokens).to.have.lengthOf(9);
    expect(again.whole.data).to.deep.equal(live.whole.data);
    expect(again.draft.hashKey).to.equal(live.draft.hashKey);
    expect(again.whole.text).to.equal('Hi there, friend! My key is [redacted].');
    expect(readFileSync(path, 'utf8')).not.to.match(/sk-/);
    const plain = await replaysExactly();
    expect(plain.again).to.deep.equal(plain.live);
  });

  /** The same without a secret: tokens and hashes are the very same. */
  async function replaysExactly() {
    path = join(folder, 'plain.jsonl');
    const mock = new LLMock({ port: 0 });
    mock.onMessage('hello', { content: 'Grüße, 日本 👋, and a long reply.' }, { chunkSize: 3 });
    await mock.start();
    const client = new OpenAI({ apiKey: 'none', baseURL: `${mock.url}/v1`, maxRetries: 0 });
    const talk = () =>
      recorded(path, { model: createOpenAIAgent({ client, model: 'model-1' }) }, async (agents) => {
        const replies = agents.model.inquire('hello');
        const tokens = await lastValueFrom(replies.tokens$.pipe(toArray()));
        return { tokens, keys: (await replies.resolve()).map(({ hashKey }) => hashKey).toArray() };
      });
    const live = await talk();
    await mock.stop();
    return { live, again: await talk() };
  }
});
