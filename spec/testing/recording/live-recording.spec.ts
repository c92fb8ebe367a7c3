import { expect } from 'chai';
import { MiniAgents, miniagent } from 'miniagents';
import { LiveRecording, record, Recording } from 'miniagents/testing';

describe('LiveRecording', () => {
  it('is a Recording that grows: another array when something has come, the same until then', async () => {
    const miniAgents = new MiniAgents();
    const recording = record(miniAgents);
    expect(recording).to.be.instanceOf(Recording).and.instanceOf(LiveRecording);
    const before = recording.events;
    expect(before).to.deep.equal([]);
    await miniAgents.run(() => miniagent('a', () => 'hello').inquire());
    expect(before).to.deep.equal([]);
    expect(recording.events).to.have.length.above(3);
    expect(recording.events).to.equal(recording.events);
  });

  it('a rule that throws does not disturb the run, but whoever reads', async () => {
    const miniAgents = new MiniAgents();
    const boom = () => {
      throw new RangeError('boom');
    };
    const recording = record(miniAgents, { redact: [boom] });
    expect(
      await miniAgents.run(() =>
        miniagent('a', () => 'hello')
          .inquire()
          .text(),
      ),
    ).to.equal('hello');
    expect(() => recording.events).to.throw(RangeError, 'boom');
  });
});
