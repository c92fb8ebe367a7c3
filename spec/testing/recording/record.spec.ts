import { expect } from 'chai';
import { InvalidArgumentError, LifecycleError, Message, MiniAgents, miniagent } from 'miniagents';
import { record, Recording } from 'miniagents/testing';
import { of, Subject } from 'rxjs';

const types = (recording: Recording): string[] => recording.events.map(({ type }) => type);

describe('record', () => {
  const leaf = miniagent('leaf', () => Message.stream(of('a', 'b'), { role: 'assistant' }));
  const boss = miniagent('boss', (ctx) => [ctx.inquire(leaf), ctx.inquire(leaf)]);

  it('writes tokens once, however many agents forward their message', async () => {
    const miniAgents = new MiniAgents();
    const recording = record(miniAgents);
    const top = miniagent('top', (ctx) => ctx.inquire(boss));
    await miniAgents.run(() => top.inquire());
    expect(types(recording).filter((type) => type === 'token')).to.have.lengthOf(4);
    const replied = recording.events.flatMap((event) =>
      event.type === 'replied' && 'message' in event ? [`${event.run} ${event.message}`] : [],
    );
    expect(replied).to.have.members([
      '1.1.1 1.1.1>1',
      '1.1.2 1.1.2>1',
      '1.1 1.1.1>1',
      '1.1 1.1.2>1',
      '1 1.1.1>1',
      '1 1.1.2>1',
    ]);
  });

  it('has a run that was asked for just before the MiniAgents took it over', async () => {
    const recordedOf = async (run: (miniAgents: MiniAgents) => Promise<unknown>) => {
      const miniAgents = new MiniAgents();
      const recording = record(miniAgents);
      await run(miniAgents);
      return recording.stop().events.map(({ at: _at, ...event }) => event);
    };
    const before = await recordedOf((miniAgents) => miniAgents.run(boss.inquire('question')));
    expect(before[0]).to.include({ type: 'inquired', run: '1', agent: 'boss' });
    expect(before).to.deep.equal(await recordedOf((miniAgents) => miniAgents.run(() => boss.inquire('question'))));
  });

  it('has ids that are the same in each recording, whatever was run before', async () => {
    const miniAgents = new MiniAgents();
    const ids = async () => {
      const recording = record(miniAgents);
      await miniAgents.run(() => boss.inquire());
      return recording.stop().events.flatMap((event) => ('run' in event ? [event.run] : []));
    };
    const first = await ids();
    expect(new Set(first)).to.deep.equal(new Set(['1', '1.1', '1.2']));
    expect(await ids()).to.deep.equal(first);
  });

  it('consumes no error', async () => {
    const reported: unknown[] = [];
    const miniAgents = new MiniAgents({ onUnhandledError: (error) => reported.push(error) });
    const recording = record(miniAgents);
    const boom = new RangeError('boom');
    const failing = miniagent('failing', () => [Message.stream(new Subject<string>()), boom]);
    const broken = miniagent('broken', function* () {
      yield Message.stream(
        (async function* () {
          yield 'a';
          throw boom;
        })(),
      );
    });
    await miniAgents.run(() => {
      const replies = failing.inquire();
      replies.subscribe({ next: (message) => message.cancel(), error: () => {} });
      broken.inquire();
    });
    expect(reported).to.deep.equal([boom]);
    expect(types(recording).filter((type) => type === 'broken')).to.have.lengthOf(2);
  });

  it('starts nothing that is lazy', async () => {
    const miniAgents = new MiniAgents({ startSoon: false });
    const recording = record(miniAgents);
    await miniAgents.run(() => void leaf.inquire());
    expect(types(recording)).to.deep.equal(['inquired']);
  });

  it('ends with stop: what is still being said is not followed', async () => {
    const miniAgents = new MiniAgents();
    const tokens = new Subject<string>();
    const recording = record(miniAgents);
    await miniAgents.run(async () => {
      const message = Message.stream(tokens);
      const replies = miniagent('live', () => message).inquire();
      await new Promise((resolve) => replies.subscribe(resolve));
      tokens.next('a');
      expect(recording.stop()).to.equal(recording);
      tokens.next('b');
      tokens.complete();
    });
    expect(types(recording).filter((type) => type === 'token')).to.have.lengthOf(1);
    recording.stop();
    expect(Recording.parse(String(recording)).events).to.deep.equal(recording.events);
  });

  it('two at once of one MiniAgents is an error; of two, each has its own', async () => {
    const [one, other] = [new MiniAgents(), new MiniAgents()];
    const first = record(one);
    expect(() => record(one)).to.throw(LifecycleError, 'being recorded already');
    const second = record(other);
    await Promise.all([one.run(() => leaf.inquire()), other.run(() => boss.inquire())]);
    expect(first.events.filter(({ type }) => type === 'inquired')).to.have.lengthOf(1);
    expect(second.events.filter(({ type }) => type === 'inquired')).to.have.lengthOf(3);
    first.stop();
    record(one).stop();
  });

  it('refuses what is no MiniAgents, and rules that are none, before it begins', () => {
    const miniAgents = new MiniAgents();
    expect(() => record(1 as never)).to.throw(InvalidArgumentError, 'a MiniAgents to record');
    expect(() => record(miniAgents, { redact: 1 as never })).to.throw(InvalidArgumentError, 'as redact');
    record(miniAgents).stop();
  });
});
