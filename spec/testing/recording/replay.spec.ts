import { expect } from 'chai';
import { CancelledError, defineMessage, ErrorMessage, Message, MiniAgents, miniagent } from 'miniagents';
import type { MessageSequence, MiniAgent } from 'miniagents';
import { asyncMarbles, marbles, record, Recording, replay, UnrecordedQuestionError } from 'miniagents/testing';
import type { MarblesOptions } from 'miniagents/testing';
import { concatAll, lastValueFrom, map, NEVER, of, take, timer, toArray } from 'rxjs';

const Rating = defineMessage('ReplayedRating', { stars: 0, about: null });

/** A message whose tokens come, each some milliseconds after the one before it. */
const slowly = (ms: number, ...tokens: string[]) =>
  Message.stream(
    timer(ms, ms).pipe(
      take(tokens.length),
      map((index) => tokens[index]!),
    ),
    { role: 'assistant' },
  );

/** What is recorded of a run in virtual time, as it is read from its text. */
async function recordingOf(run: () => MessageSequence, options?: MarblesOptions): Promise<Recording> {
  return asyncMarbles(async () => {
    const miniAgents = new MiniAgents();
    const recording = record(miniAgents);
    await miniAgents.run(() => run().errorsAsMessages());
    return Recording.parse(String(recording.stop()));
  }, options);
}

const leaf = miniagent('leaf', (ctx) => [slowly(2, 'a', 'b', 'c'), ctx.messages, new Message({ text: 'end' })]);

describe('replay', () => {
  const setFinally: (() => void)[] = [];

  it('in the virtual time of asyncMarbles, frame by frame', async () => {
    const recording = await recordingOf(() => leaf.inquire('question'));
    await asyncMarbles(async ({ expectTokens, expectMessages }) => {
      const replies = replay(recording)['leaf']!.inquire('question');
      expectTokens(replies).toBe('--a-b-(c0e|)', { '0': 'question', e: 'end' });
      expectMessages(replies).toBe('(mqe|)', { m: { role: 'assistant', text: 'abc' }, q: 'question', e: 'end' });
    });
  });

  it('in the virtual time of marbles, frame by frame, from when it is asked', async () => {
    const recording = await recordingOf(() => leaf.inquire('question'));
    marbles(({ cold, expectTokens }) => {
      const question$ = cold('-----(q|)', { q: 'question' });
      const { leaf: replayed } = replay<'leaf'>(recording);
      expectTokens(question$.pipe(replayed, concatAll())).toBe('-------a-b-(c0e|)', { 0: 'question', e: 'end' });
    });
  });

  it('by an agent that asks it, live, whatever comes of it', async () => {
    const boss = (agent: MiniAgent) =>
      miniagent('boss', async function* (ctx) {
        yield ctx.inquire(agent, 'one');
        await new Promise((resolve) => setTimeout(resolve, 10));
        yield ctx.inquire(agent, 'two');
      });
    const parrot = miniagent('parrot', (ctx) => [slowly(1, 'x', 'y'), ctx.messages]);
    const recording = await recordingOf(() => boss(parrot).inquire());
    await asyncMarbles(async ({ expectTokens }) => {
      expectTokens(boss(replay(recording)['parrot']!).inquire()).toBe('-x(y1)-----x(y2|)', { 1: 'one', 2: 'two' });
    });
  });

  it('gives the same diagram a thousand times', async () => {
    const recording = await recordingOf(() => leaf.inquire('question'));
    const diagrams = new Set<string>();
    for (let i = 0; i < 1000; i++) {
      marbles(() => {
        const miniAgents = new MiniAgents().activate();
        const again = record(miniAgents);
        replay<'leaf'>(recording).leaf.inquire('question').subscribe();
        setFinally.push(
          () => diagrams.add(String(again.stop())),
          () => void miniAgents.finalize(),
        );
      });
      setFinally.splice(0).forEach((work) => work());
    }
    expect([...diagrams]).to.deep.equal([String(recording)]);
  });

  it('the same messages with the same hashes: of own classes, in each other, with errors among them', async () => {
    const odd = miniagent('odd', () => [
      new Rating({
        text: 'good',
        stars: 5,
        about: new Message({ text: 'inner', data: { deep: [new Rating({ stars: 1 })] } }),
      }),
      Object.assign(new RangeError('boom'), { status: 429 }),
      Rating.stream(of('so', '', ' so'), { stars: 2 }, () => ({ stars: 3 })),
      'last',
    ]);
    const live = (await new MiniAgents().run(() => odd.inquire().errorsAsMessages().resolve())).toArray();
    const recording = await recordingOf(() => odd.inquire());
    const again = replay<'odd'>(recording).odd.inquire();
    const messages = (await again.errorsAsMessages().resolve()).toArray();
    expect(messages.map(({ hashKey }) => hashKey)).to.deep.equal(live.map(({ hashKey }) => hashKey));
    expect(messages[0]).to.be.instanceOf(Rating);
    expect(messages[1]).to.be.instanceOf(ErrorMessage);
    const promises = await lastValueFrom(again.errorsAsMessages().pipe(toArray()));
    expect(promises[2]!.draft).to.include({ stars: 2 });
    expect(await lastValueFrom(promises[2]!.pipe(toArray()))).to.deep.equal(['so', '', ' so']);
    const error = await again.resolve().catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(RangeError).and.to.include({ message: 'boom', status: 429 });
  });

  it("an agent's own error, at its time; one of mid-text, too", async () => {
    const failing = miniagent('failing', (ctx) => {
      ctx.reply('a');
      throw new TypeError('own');
    });
    const broken = miniagent('broken', () =>
      Message.stream(
        timer(1, 1).pipe(
          map((index) => {
            if (index === 1) throw new Error('cut');
            return 'a';
          }),
        ),
      ),
    );
    const recording = await recordingOf(() =>
      miniagent('both', (ctx) => [
        ctx.inquire(failing).errorsAsMessages(),
        ctx.inquire(broken).errorsAsMessages(),
      ]).inquire(),
    );
    const { failing: one, broken: other } = replay<'failing' | 'broken'>(recording);
    await asyncMarbles(async ({ expectTokens }) => {
      expectTokens(one.inquire()).toBe('(a#)', {}, new TypeError('own'));
      expectTokens(other.inquire()).toBe('-a#', {}, new Error('cut'));
    });
  });

  it('waits no longer for what a question took, where it is known only then which one it is', async () => {
    const model = miniagent('model', async (ctx) => {
      const question = await ctx.messages.text();
      await new Promise((resolve) => setTimeout(resolve, 100));
      return `re: ${question}`;
    });
    const boss = (agent: MiniAgent) =>
      miniagent('boss', (ctx) => ['one', 'two'].map((text) => ctx.inquire(agent, slowly(200, text))));
    const recording = await recordingOf(() => boss(model).inquire());
    for (const options of [{}, { live: { model } }])
      await asyncMarbles(async ({ expectTokens }) => {
        const values = { a: 're: one', b: 're: two' };
        expectTokens(boss(replay(recording, options)['model']!).inquire()).toBe('300ms (ab|)', values);
      });
  });

  it('waits no longer where the clock is put back meanwhile', async () => {
    const recording = await recordingOf(() => leaf.inquire('question'));
    await asyncMarbles(async ({ expectTokens }) => {
      const { Date: clock } = globalThis;
      setTimeout(() => (clock.now = () => -1_000_000), 3);
      expectTokens(replay(recording)['leaf']!.inquire('question')).toBe('--a-b-(c0e|)', { '0': 'question', e: 'end' });
    });
  });

  it('waits longer than any timer can', async () => {
    const month = 31 * 24 * 3_600_000;
    const patient = miniagent('patient', async () => {
      for (const half of [1, 2]) await new Promise((resolve) => setTimeout(resolve, (half * month) / 3));
      return 'a';
    });
    const recording = await recordingOf(() => patient.inquire(), { frames: Infinity });
    await asyncMarbles(
      async ({ expectTokens }) => expectTokens(replay(recording)['patient']!.inquire()).toBe(`${month}ms (a|)`),
      { frames: Infinity },
    );
  });

  it('without delays: at once, in the order in which it came', async () => {
    const race = (agent: MiniAgent) =>
      miniagent('race', (ctx) => {
        for (const ms of [300_000, 100_000, 200_000]) ctx.replyOutOfOrder(ctx.inquire(agent, `${ms}`));
      });
    const runner = miniagent('runner', async (ctx) => {
      const text = await ctx.messages.text();
      await new Promise((resolve) => setTimeout(resolve, Number(text)));
      return `after ${text}`;
    });
    const recording = await recordingOf(() => race(runner).inquire());
    const { runner: replayed } = replay<'runner'>(recording, { delays: false });
    expect(await race(replayed).inquire().text()).to.equal('after 100000\n\nafter 200000\n\nafter 300000');
  });

  it('is cancelled by who leaves, and what it owes ends', async () => {
    const recording = await recordingOf(() => leaf.inquire('question'));
    await asyncMarbles(async ({ expectTokens }) => {
      expectTokens(of('question').pipe(replay<'leaf'>(recording).leaf, concatAll()), '^---!').toBe('--a-');
    });
    const replies = replay<'leaf'>(recording).leaf.inquire('question');
    replies.cancel('enough');
    expect(await replies.resolve().catch((error: unknown) => error)).to.be.instanceOf(CancelledError);
  });

  it('a run that was cancelled falls silent where it was, until it is cancelled again', async () => {
    const endless = miniagent('endless', () => [slowly(1, 'a', 'b', 'c'), NEVER]);
    const run = async (agent: MiniAgent) => {
      const miniAgents = new MiniAgents();
      const recording = record(miniAgents);
      await miniAgents.run(async () => {
        const replies = agent.inquire();
        setTimeout(() => replies.cancel(), 2);
        await replies.resolve().catch(() => {});
      });
      return String(recording.stop());
    };
    const text = await asyncMarbles(() => run(endless));
    expect(text).to.include('"type":"cancelled"');
    expect(await asyncMarbles(() => run(replay<'endless'>(Recording.parse(text)).endless))).to.equal(text);
  });

  it('answers equal questions in turn, whatever their order, and no more than were asked', async () => {
    let times = 0;
    const counter = miniagent('counter', async (ctx) => `${await ctx.messages.text()} ${++times}`);
    const recording = await recordingOf(() =>
      miniagent('boss', (ctx) => [
        ctx.inquire(counter, 'a'),
        ctx.inquire(counter, 'b'),
        ctx.inquire(counter, 'a'),
      ]).inquire(),
    );
    const { counter: replayed } = replay<'counter'>(recording);
    expect(await replayed.inquire('b').text()).to.equal('b 2');
    expect(await replayed.inquire('a').text()).to.equal('a 1');
    expect(await replayed.inquire('a').text()).to.equal('a 3');
    const error = (await replayed
      .inquire('a')
      .text()
      .catch((reason: unknown) => reason)) as UnrecordedQuestionError;
    expect(error).to.be.instanceOf(UnrecordedQuestionError);
    expect(error.message).to.include('only 2 times');
  });

  it('says which message is another one, and how; or which parameter', async () => {
    const echo = miniagent('echo', (ctx) => ctx.messages);
    const recording = await recordingOf(() =>
      echo.inquire(['system', 'Say three\nlines of\ntext'], { top: 1 } as never),
    );
    const ask = (messages: string[], params = {}) =>
      replay<'echo'>(recording)
        .echo.inquire(messages, params)
        .text()
        .catch((reason: unknown) => reason) as Promise<UnrecordedQuestionError>;
    const error = await ask(['system', 'Say three\nlines of\nprose']);
    expect(error).to.be.instanceOf(UnrecordedQuestionError).and.include({ agent: 'echo', nearest: '1' });
    expect(error.message).to.include('message 2 differs');
    expect(error.difference).to.equal('  Say three\n  lines of\n- text\n+ prose\n  ([-text-]{+prose+})');
    expect((await ask(['system'])).message).to.include('message 2 is missing');
    expect((await ask(['system', 'Say three\nlines of\ntext', 'more'])).message).to.include('message 3 is one more');
    expect((await ask(['system', 'Say three\nlines of\ntext'], { top: 2 })).message).to.include('other parameters');
  });

  it('asks a live agent what is missing, as if it had been asked in the first place', async () => {
    const asked: string[] = [];
    const echo = miniagent('echo', async (ctx) => {
      const text = await ctx.messages.text();
      asked.push(text);
      return Message.stream(of(text, '!'));
    });
    const recording = await recordingOf(() => echo.inquire('old'));
    const miniAgents = new MiniAgents();
    const both = record(miniAgents);
    const { echo: mixed } = replay(recording, { live: { echo } });
    await miniAgents.run(async () => [await mixed.inquire('old').text(), await mixed.inquire('new').text()]);
    expect(asked).to.deep.equal(['old', 'new']);
    both.stop();
    const { echo: replayed } = replay<'echo'>(Recording.parse(String(both)));
    expect([await replayed.inquire('new').text(), await replayed.inquire('old').text()]).to.deep.equal([
      'new!',
      'old!',
    ]);
    expect(both.events.filter(({ type }) => type === 'inquired')).to.have.lengthOf(2);
  });

  it('knows again what was redacted', async () => {
    const echo = miniagent('echo', (ctx) => ctx.messages);
    const recording = await recordingOf(() => echo.inquire('my key is sk-12345678', { apiKey: 'secret' } as never));
    const replies = replay<'echo'>(recording).echo.inquire('my key is sk-12345678', { apiKey: 'secret' } as never);
    expect(await replies.text()).to.equal('my key is sk-12345678');
  });

  it('says where the recording was stopped too early', async () => {
    const recording = await recordingOf(() => leaf.inquire('question'));
    const cut = new Recording(recording.events.slice(0, -3));
    const error = (await replay<'leaf'>(cut, { delays: false })
      .leaf.inquire('question')
      .resolve()
      .catch((reason: unknown) => reason)) as Error;
    expect(error.message).to.include('stopped before run 1 of agent leaf was over');
  });

  it('refuses what is no recording, no agent, and a name that is not there', async () => {
    const recording = await recordingOf(() => leaf.inquire('question'));
    expect(() => replay('text' as never)).to.throw('a Recording to replay');
    expect(() => replay(recording, { delays: 1 as never })).to.throw('a boolean as delays');
    expect(() => replay(recording, { live: { leaf: 1 as never } })).to.throw('an agent');
    expect(() => replay(recording)['other']).to.throw('the name of a recorded agent (leaf)');
  });
});
